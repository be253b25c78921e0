package org.finegrain.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder on any Hadoop file system. Names are relative and may hold {@code /}; a file or folder
 * that is written appears whole or not at all.
 */
public final class Folder {
  private final FileSystem fileSystem;
  private final Path path;

  private Folder(FileSystem fileSystem, Path path) {
    this.fileSystem = fileSystem;
    this.path = path;
  }

  /** The folder at {@code location}, a Hadoop path; it need not exist. */
  public static Folder at(String location, Configuration configuration) throws IOException {
    Path path = new Path(location);
    FileSystem fileSystem = path.getFileSystem(configuration);
    return new Folder(fileSystem, fileSystem.makeQualified(path));
  }

  public Folder folder(String name) {
    return new Folder(fileSystem, child(name));
  }

  /** The Hadoop path, with scheme. */
  public String location() {
    return path.toString();
  }

  public String location(String name) {
    return child(name).toString();
  }

  public String name() {
    return path.getName();
  }

  public boolean exists() throws IOException {
    return fileSystem.exists(path);
  }

  public boolean exists(String name) throws IOException {
    return fileSystem.exists(child(name));
  }

  /** Names of files and folders in this folder, sorted; empty if it does not exist. */
  public List<String> list() throws IOException {
    List<String> names = new ArrayList<>();
    if (fileSystem.exists(path)) {
      for (FileStatus status : fileSystem.listStatus(path)) {
        names.add(status.getPath().getName());
      }
    }
    names.sort(null);
    return names;
  }

  public long size(String name) throws IOException {
    return fileSystem.getFileStatus(child(name)).getLen();
  }

  public InputStream open(String name) throws IOException {
    return fileSystem.open(child(name));
  }

  public String text(String name) throws IOException {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public List<String> lines(String name) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(open(name), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Replaces the file, or leaves it as it was: a reader never sees half of one. */
  public void write(String name, Content content) throws IOException {
    Path file = child(name);
    Path partial =
        new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID() + ".partial");
    try {
      try (var out = fileSystem.create(partial, false)) {
        content.writeTo(out);
        out.hsync();
      }
      commit(partial, file);
    } finally {
      fileSystem.delete(partial, false); // gone already, unless the write failed
    }
  }

  public void write(String name, String text) throws IOException {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  public void delete() throws IOException {
    fileSystem.delete(path, true);
  }

  private void commit(Path partial, Path file) throws IOException {
    fileSystem.delete(file, false);
    if (!fileSystem.rename(partial, file)) {
      throw new IOException("Cannot rename " + partial + " to " + file);
    }
  }

  private Path child(String name) {
    return new Path(path, name);
  }

  @Override
  public String toString() {
    return location();
  }
}
