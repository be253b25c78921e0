package org.finegrain.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.finegrain.process.PythonEnvironment;

/** A real S3 server with one bucket, in a process of its own on the loopback interface. */
public final class S3Server implements AutoCloseable {
  private static final Path FILES =
      Path.of(System.getProperty("finegrain.root"), "pipeline", "src", "test", "python", "s3");

  private final Process process;
  private final String bucket;
  private final String port;

  private S3Server(Process process, String bucket, String port) {
    this.process = process;
    this.bucket = bucket;
    this.port = port;
  }

  /**
   * Starts a server.
   *
   * @param folder the folder for its log
   */
  public static S3Server start(Path folder) throws IOException, InterruptedException {
    Path log = folder.resolve("s3.log");
    // Each server has a bucket of its own, because Hadoop keeps a client for each bucket.
    String bucket = "finegrain-" + UUID.randomUUID();
    String python =
        PythonEnvironment.program(FILES, "python", "the S3 server needs Python 3.10 or newer");
    Process process =
        new ProcessBuilder(python, FILES.resolve("server.py").toString(), bucket)
            .redirectError(log.toFile())
            .start();
    String port = process.inputReader(UTF_8).readLine();
    assertThat(port).as(() -> text(log)).isNotNull();
    return new S3Server(process, bucket, port);
  }

  /** Adds the settings to {@code configuration} that lead to the server. */
  public Configuration configure(Configuration configuration) {
    configuration.set("fs.s3a.endpoint", "http://127.0.0.1:" + port);
    configuration.set("fs.s3a.path.style.access", "true");
    configuration.set("fs.s3a.access.key", "any");
    configuration.set("fs.s3a.secret.key", "any");
    // The store cannot flush: an attempt fails instead of logging a warning.
    configuration.set("fs.s3a.downgrade.syncable.exceptions", "false");
    return configuration;
  }

  /** Returns the Hadoop path of {@code name} in the bucket. */
  public String location(String name) {
    return "s3a://" + bucket + "/" + name;
  }

  public Folder folder(String name) throws IOException {
    return Folder.at(location(name), configure(new Configuration()));
  }

  @Override
  public void close() throws IOException {
    FileSystem.get(URI.create(location("")), configure(new Configuration())).close();
    process.getOutputStream().close();
    process.onExit().join();
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
