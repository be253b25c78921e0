package org.finegrain.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A folder on any Hadoop file system.
 *
 * <p>Names are relative to the folder and may contain {@code /}, but never lead out of it. A file
 * appears completely or not at all. So does a folder on local disks and on HDFS. On other stores, a
 * folder is complete when it has its marker, a file whose name begins with {@code _}, which {@link
 * #publish} writes last. Hidden files, whose names begin with a dot, are not listed: they are
 * unfinished writes and Hadoop's checksums.
 */
public final class Folder {
  private final FileSystem fileSystem;
  private final Path path;
  private final Guard guard;

  /** A check before a change of a folder becomes visible, such as {@link Lease#confirm}. */
  @FunctionalInterface
  public interface Guard {
    /** The guard that allows every change. */
    Guard NONE = () -> {};

    /**
     * Checks that this process may change the folder.
     *
     * @throws IOException if it may not; the folder then stays as it is
     */
    void check() throws IOException;
  }

  private Folder(FileSystem fileSystem, Path path, Guard guard) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.guard = guard;
  }

  /**
   * Returns the folder at {@code location}, a Hadoop path. It need not exist.
   *
   * @throws IOException if the file system cannot be reached, or if {@code location} is not a path
   *     or contains a colon
   */
  public static Folder at(String location, Configuration configuration) throws IOException {
    Path path = path(location);
    FileSystem fileSystem = NamedStore.open(path, configuration);
    return new Folder(fileSystem, fileSystem.makeQualified(path), Guard.NONE);
  }

  static Path path(String location) throws IOException {
    try {
      Path path = new Path(location);
      if (path.toUri().getPath().indexOf(':') < 0) {
        return path;
      }
    } catch (IllegalArgumentException e) {
      if (location.isBlank()) {
        throw new IOException("Invalid path: it is empty; name a folder or file", e);
      }
    }
    throw new IOException(
        String.format(
            Locale.ROOT,
            "Invalid path %s: Hadoop takes the text before a colon for the name of a file system;"
                + " choose a path without colons",
            location));
  }

  /** Returns the folder of this name within this one. It need not exist. */
  public Folder folder(String name) {
    return new Folder(fileSystem, child(name), guard);
  }

  /**
   * Returns this folder with a check before each change of it becomes visible. The folders within
   * it get the check too; unfinished content, which is hidden, is written without it.
   */
  public Folder guardedBy(Guard check) {
    return new Folder(fileSystem, path, check);
  }

  /**
   * Returns a new folder beside this one for unfinished content. It is hidden until {@link
   * #publish}.
   */
  Folder partial() {
    return new Folder(fileSystem, FolderPublication.unfinished(path), Guard.NONE);
  }

  /** Returns the hidden folder beside this one for the {@link Lease} on it. */
  public Folder leaseFolder() {
    return new Folder(
        fileSystem, inside(path.getParent(), "." + path.getName() + ".lease"), Guard.NONE);
  }

  /**
   * Returns the {@link #partial} folders of this one that still exist. Their writers were killed,
   * or are still writing.
   */
  public List<Folder> unfinished() throws IOException {
    return publication().unfinished().stream()
        .map(found -> new Folder(fileSystem, found, guard))
        .toList();
  }

  private FolderPublication publication() {
    return new FolderPublication(fileSystem, path, guard);
  }

  /** Returns the Hadoop path with its scheme. */
  public String location() {
    return path.toString();
  }

  /** Returns the Hadoop path of a file in this folder, with its scheme. */
  public String location(String name) {
    return child(name).toString();
  }

  /** Returns the last part of the path. */
  public String name() {
    return path.getName();
  }

  /** Returns whether the folder exists. */
  public boolean exists() throws IOException {
    return fileSystem.exists(path);
  }

  /** Returns whether there is a file or folder of this name. */
  public boolean exists(String name) throws IOException {
    return fileSystem.exists(child(name));
  }

  /** Returns whether there is a folder of this name. */
  public boolean isFolder(String name) throws IOException {
    return exists(name) && fileSystem.getFileStatus(child(name)).isDirectory();
  }

  /**
   * Returns the names of the files and folders in this folder, sorted. If the folder does not
   * exist, there are none.
   */
  public List<String> list() throws IOException {
    return names(status -> true);
  }

  /**
   * Returns the names of the folders in this one, sorted. If this one does not exist, there are
   * none.
   */
  public List<String> folders() throws IOException {
    return names(FileStatus::isDirectory);
  }

  private List<String> names(Predicate<FileStatus> wanted) throws IOException {
    return entries(path).stream()
        .filter(status -> !isHidden(status) && wanted.test(status))
        .map(status -> status.getPath().getName())
        .sorted()
        .toList();
  }

  /**
   * Returns all entries of a folder, hidden or not. If the folder does not exist, there are none.
   */
  private List<FileStatus> entries(Path folder) throws IOException {
    return fileSystem.exists(folder) ? List.of(fileSystem.listStatus(folder)) : List.of();
  }

  /**
   * Returns the sizes in bytes of all files in this folder and in the folders below it, by their
   * name relative to this folder. If the folder does not exist, there are none.
   */
  public SortedMap<String, Long> files() throws IOException {
    return files(Integer.MAX_VALUE);
  }

  /**
   * Returns the sizes in bytes of the files in this folder and in the folders below it, down to a
   * depth.
   *
   * @param depth the number of levels; 1 stands for this folder alone
   */
  public SortedMap<String, Long> files(int depth) throws IOException {
    return files(depth, FileStatus::getLen);
  }

  /**
   * Returns the sizes and the times of the files in this folder and in the folders below it, in the
   * same way.
   */
  public SortedMap<String, FileStamp> stamps(int depth) throws IOException {
    return files(depth, file -> new FileStamp(file.getLen(), file.getModificationTime()));
  }

  private <T> SortedMap<String, T> files(int depth, Function<FileStatus, T> value)
      throws IOException {
    SortedMap<String, T> files = new TreeMap<>();
    if (fileSystem.exists(path)) {
      collect(path, "", depth, value, files);
    }
    return files;
  }

  private <T> void collect(
      Path folder,
      String prefix,
      int depth,
      Function<FileStatus, T> value,
      SortedMap<String, T> files)
      throws IOException {
    if (fileSystem instanceof RawLocalFileSystem local) {
      LocalNames.OF_THIS_PROCESS.requireReadable(local.pathToFile(folder));
    }
    for (FileStatus status : fileSystem.listStatus(folder)) {
      String name = prefix + status.getPath().getName();
      if (isHidden(status)) {
        continue;
      }
      if (!status.isDirectory()) {
        files.put(name, value.apply(status));
      } else if (depth > 1) {
        collect(status.getPath(), name + "/", depth - 1, value, files);
      }
    }
  }

  private static boolean isHidden(FileStatus status) {
    return status.getPath().getName().startsWith(".");
  }

  /**
   * Deletes the unfinished files and folders of killed writers in this folder. No other process may
   * write to the folder.
   */
  public void deleteUnfinished() throws IOException {
    for (FileStatus status : entries(path)) {
      if (FolderPublication.isUnfinished(status.getPath().getName())) {
        guard.check();
        fileSystem.delete(status.getPath(), true);
      }
    }
  }

  /** Returns when a file was last written, by the clock of the store. */
  Instant modified(String name) throws IOException {
    return Instant.ofEpochMilli(fileSystem.getFileStatus(child(name)).getModificationTime());
  }

  /**
   * Returns the size of a file in bytes.
   *
   * @throws java.io.FileNotFoundException if there is no such file
   */
  public long size(String name) throws IOException {
    return fileSystem.getFileStatus(child(name)).getLen();
  }

  /**
   * Checks that the user may read a file. Stores that answer this only by reading it are not asked.
   *
   * @throws org.apache.hadoop.security.AccessControlException if the user may not
   */
  public void requireReadable(String name) throws IOException {
    if (fileSystem instanceof LocalStore local) {
      local.requireReadable(child(name));
    }
  }

  /**
   * Opens a file for reading.
   *
   * @throws java.io.FileNotFoundException if there is no such file
   */
  public InputStream open(String name) throws IOException {
    Path file = child(name);
    return new DiskErrors(file).in(fileSystem.open(file));
  }

  /**
   * Returns the content of a file.
   *
   * @throws java.io.FileNotFoundException if there is no such file
   */
  public byte[] bytes(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    }
  }

  /**
   * Returns the content of a file, read as UTF-8.
   *
   * @throws java.io.FileNotFoundException if there is no such file
   */
  public String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /**
   * Returns the lines of a file, read as UTF-8.
   *
   * @throws java.io.FileNotFoundException if there is no such file
   */
  public List<String> lines(String name) throws IOException {
    return text(name).lines().toList();
  }

  /**
   * Returns the SHA-256 of a file's bytes as hex.
   *
   * @throws java.io.FileNotFoundException if there is no such file
   */
  public String sha256(String name) throws IOException {
    try (InputStream in = open(name)) {
      return Checksums.sha256(in);
    }
  }

  /** The content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes the content, and leaves {@code out} open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Replaces a file, or leaves it as it was. A reader never sees half of a file. */
  public void write(String name, Content content) throws IOException {
    new FileWriting(fileSystem, child(name), guard).write(content);
  }

  /** Replaces a file by this text in UTF-8, or leaves it as it was. */
  public void write(String name, String text) throws IOException {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Begins a file that grows in its place, such as a log. Everything that was flushed stays, even
   * if the writer is killed. If {@link #showsGrowingFiles}, others can read it at once.
   */
  public OutputStream create(String name) throws IOException {
    return new FileWriting(fileSystem, child(name), guard).grow();
  }

  /**
   * Returns whether a file can be read while it is written. Object stores show a file when it is
   * closed.
   */
  public boolean showsGrowingFiles() throws IOException {
    return !fileSystem.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM);
  }

  /**
   * Adds one line to a journal, either completely or not at all. On local disks and on HDFS,
   * several processes may do this at once. If a file system cannot append, the file is written
   * again.
   */
  public void append(String name, String line) throws IOException {
    append(name, List.of(line));
  }

  /** Adds lines to a journal or a log at once, as {@link #append(String, String)} adds one. */
  public void append(String name, List<String> lines) throws IOException {
    guard.check();
    new LineAppender(
            fileSystem,
            (file, content) ->
                new FileWriting(fileSystem, file, guard).write(out -> out.write(content)))
        .append(child(name), lines);
  }

  /** Returns the file of this name, which need not exist, as one that only one process creates. */
  ExclusiveFile exclusive(String name) {
    return new ExclusiveFile(fileSystem, child(name));
  }

  /**
   * Moves the complete folder {@code partial} to this folder's place. If that fails, {@code
   * partial} is deleted. If the store needs several steps, files whose names begin with {@code _}
   * come last.
   *
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if this folder exists
   */
  public void publish(Folder partial) throws IOException {
    publication().publish(partial.path);
  }

  /**
   * Moves the complete folder {@code partial} to this folder's place, where another folder may be.
   * The old folder is set aside, and deleted when the new one is in place. If that fails, the old
   * folder returns.
   */
  void replace(Folder partial) throws IOException {
    publication().replace(partial.path);
  }

  /**
   * Finishes a {@link #replace} that was killed. If the new folder is in place, the old one is
   * deleted; otherwise the old one returns. No other process may write this folder.
   */
  public void finishReplace() throws IOException {
    publication().finishReplace();
  }

  /** The contents of a folder. */
  @FunctionalInterface
  public interface Contents {
    /** Writes the contents into a new folder. */
    void writeInto(Folder partial) throws IOException;
  }

  /**
   * Writes {@code contents} beside this folder and {@link #publish(Folder) publishes} them. If that
   * fails for any reason, nothing remains.
   */
  public void publish(Contents contents) throws IOException {
    publish(written(contents));
  }

  /**
   * Writes {@code contents} beside this folder and moves them to its place, where a folder may
   * already be. If that fails for any reason, the old folder remains.
   */
  public void replace(Contents contents) throws IOException {
    replace(written(contents));
  }

  private Folder written(Contents contents) throws IOException {
    Folder partial = partial();
    try {
      new DiskErrors(partial.path).run(() -> contents.writeInto(partial));
      return partial;
    } catch (Throwable e) { // Spark also throws checked exceptions that it does not declare
      new Rename(fileSystem).giveUp(partial.path, e);
      throw e;
    }
  }

  /**
   * Returns whether {@link #publish} is one step, so that a folder is complete as soon as it
   * exists.
   */
  public boolean publishesInOneStep() {
    return new Rename(fileSystem).isOneStep();
  }

  /**
   * Gives a file in this folder another name.
   *
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if there is a file of the new name
   */
  public void move(String name, String newName) throws IOException {
    guard.check();
    new Rename(fileSystem).publish(child(name), child(newName));
  }

  /** Deletes this folder and everything in it. */
  public void delete() throws IOException {
    guard.check();
    fileSystem.delete(path, true);
  }

  /** Deletes this folder if it is empty and the file system allows it. */
  void deleteIfEmpty() {
    try {
      fileSystem.delete(path, false);
    } catch (IOException e) {
      // it is not empty
    }
  }

  /** Deletes a file or a folder of this name, if there is one. */
  public void delete(String name) throws IOException {
    guard.check();
    fileSystem.delete(child(name), true);
  }

  private Path child(String name) {
    Path child = inside(path, name);
    for (Path parent = child.getParent(); parent != null; parent = parent.getParent()) {
      if (parent.equals(path)) {
        return child;
      }
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "Invalid name '%s': it must lie inside %s", name, path));
  }

  /**
   * Returns the path of {@code name} within a folder. {@code new Path(folder, name)} would take a
   * colon in the name for the end of a scheme.
   */
  static Path inside(Path folder, String name) {
    URI uri = folder.toUri();
    String prefix = uri.getPath().endsWith("/") ? uri.getPath() : uri.getPath() + "/";
    return new Path(uri.getScheme(), uri.getAuthority(), prefix + name);
  }

  @Override
  public String toString() {
    return location();
  }
}
