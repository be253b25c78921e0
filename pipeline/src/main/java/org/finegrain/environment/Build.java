package org.finegrain.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The build of finegrain that is running: its version and the code that it was built from.
 *
 * @param version the version, such as {@code 0.1.0}
 * @param commit the abbreviated git commit, empty if it was not built in a git checkout
 * @param dirty whether the checkout held changes that were not committed
 * @param bigdl the version of BigDL DLlib that it was built with
 */
public record Build(String version, String commit, boolean dirty, String bigdl)
    implements Serializable {
  private static final Build CURRENT = load();

  /** Returns the build of this process. */
  public static Build current() {
    return CURRENT;
  }

  private static Build load() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read build.properties of finegrain", e);
    }
    return new Build(
        properties.getProperty("version"),
        properties.getProperty("commit").strip(),
        Boolean.parseBoolean(properties.getProperty("dirty")),
        properties.getProperty("bigdl"));
  }

  /**
   * Returns version and commit as semantic versioning writes build metadata, such as {@code
   * 0.1.0+1a2b3c4d5e6f.dirty}.
   */
  public String codeVersion() {
    return version + (commit.isEmpty() ? "" : "+" + commit + (dirty ? ".dirty" : ""));
  }

  /**
   * Returns a text that differs if the code does: version and commit, and a hash of the code itself
   * where it was built from more or less than a commit. Empty if the code cannot be read.
   */
  public Optional<String> identity() {
    if (!commit.isEmpty() && !dirty) {
      return Optional.of(codeVersion());
    }
    try {
      Path code = Path.of(Build.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Optional.of(codeVersion() + " " + hash(code));
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the SHA-256 over a jar, or over the names and contents of all files of a folder. */
  private static String hash(Path code) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
    try (Stream<Path> files = Files.walk(code)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(code.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
