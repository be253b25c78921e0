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
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A folder on any Hadoop file system. Names are relative and may hold {@code /}, but never lead out
 * of the folder; a file that is written appears whole or not at all. So does a folder on local
 * disks and on HDFS; elsewhere it counts once its marker is there, a file whose name begins with
 * {@code _}: {@link #publish}. Hidden files (of a leading dot: unfinished writes, Hadoop's
 * checksums) are not listed.
 */
public final class Folder {
  private static final String UNFINISHED = ".partial";
  private static final String REPLACED = ".replaced";

  private final FileSystem fileSystem;
  private final Path path;

  private Folder(FileSystem fileSystem, Path path) {
    this.fileSystem = fileSystem;
    this.path = path;
  }

  /**
   * The folder at {@code location}, a Hadoop path; it need not exist.
   *
   * @throws IOException also if {@code location} is no path, or holds a colon
   */
  public static Folder at(String location, Configuration configuration) throws IOException {
    Path path = path(location);
    FileSystem fileSystem = NamedStore.open(path, configuration);
    return new Folder(fileSystem, fileSystem.makeQualified(path));
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
            "Invalid path %s: Hadoop takes what stands before a colon for the name of a file"
                + " system; choose or make a path without colons",
            location));
  }

  public Folder folder(String name) {
    return new Folder(fileSystem, child(name));
  }

  /**
   * A folder beside this one to write into, hidden until {@link #publish}; each call names a new
   * one.
   */
  Folder partial() {
    return new Folder(fileSystem, unfinished(path));
  }

  /** A folder beside this one for the {@link Lease} of those who write this one; hidden. */
  public Folder claims() {
    return new Folder(fileSystem, inside(path.getParent(), "." + path.getName() + ".lease"));
  }

  /**
   * What is left of {@link #partial} folders of this one: their writers were killed, or still
   * write.
   */
  public List<Folder> unfinished() throws IOException {
    return beside(UNFINISHED);
  }

  private List<Folder> beside(String ending) throws IOException {
    return entries(path.getParent()).stream()
        .map(FileStatus::getPath)
        .filter(found -> isHidden(found.getName(), ending))
        .map(found -> new Folder(fileSystem, found))
        .toList();
  }

  /** Of this folder, not of one whose name begins with this one's. */
  private boolean isHidden(String name, String ending) {
    return name.startsWith("." + name() + ".")
        && name.endsWith(ending)
        && name.length() == hidden(path, ending).getName().length();
  }

  static Path unfinished(Path path) {
    return hidden(path, UNFINISHED);
  }

  private static Path hidden(Path path, String ending) {
    return inside(path.getParent(), "." + path.getName() + "." + UUID.randomUUID() + ending);
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

  /** Whether there is a folder of this name. */
  public boolean isFolder(String name) throws IOException {
    return exists(name) && fileSystem.getFileStatus(child(name)).isDirectory();
  }

  /** Names of files and folders in this folder, sorted; empty if it does not exist. */
  public List<String> list() throws IOException {
    return names(status -> true);
  }

  /** Returns the names of the folders in this one, sorted; empty if it does not exist. */
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

  /** Returns all that stands in a folder, hidden or not; nothing if the folder does not exist. */
  private List<FileStatus> entries(Path folder) throws IOException {
    return fileSystem.exists(folder) ? List.of(fileSystem.listStatus(folder)) : List.of();
  }

  /**
   * Every file in this folder and in the folders below it: name relative to this folder → size in
   * bytes; empty if it does not exist.
   */
  public SortedMap<String, Long> files() throws IOException {
    return files(Integer.MAX_VALUE);
  }

  /**
   * Every file in this folder and in those below it.
   *
   * @param depth of the folders that are looked into; 1: this one alone
   */
  public SortedMap<String, Long> files(int depth) throws IOException {
    SortedMap<String, Long> files = new TreeMap<>();
    if (fileSystem.exists(path)) {
      collect(path, "", depth, files);
    }
    return files;
  }

  private void collect(Path folder, String prefix, int depth, SortedMap<String, Long> files)
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
        files.put(name, status.getLen());
      } else if (depth > 1) {
        collect(status.getPath(), name + "/", depth - 1, files);
      }
    }
  }

  private static boolean isHidden(FileStatus status) {
    return status.getPath().getName().startsWith(".");
  }

  /**
   * Deletes what killed writers left unfinished in this folder. Only for a folder that nobody else
   * writes to.
   */
  public void deleteUnfinished() throws IOException {
    for (FileStatus status : entries(path)) {
      if (isHidden(status) && status.getPath().getName().endsWith(UNFINISHED)) {
        fileSystem.delete(status.getPath(), true);
      }
    }
  }

  /** When a file was last written, by the clock of the store. */
  Instant modified(String name) throws IOException {
    return Instant.ofEpochMilli(fileSystem.getFileStatus(child(name)).getModificationTime());
  }

  public long size(String name) throws IOException {
    return fileSystem.getFileStatus(child(name)).getLen();
  }

  /**
   * Checks that the user may read a file, where that can be told without reading it.
   *
   * @throws org.apache.hadoop.security.AccessControlException if not
   */
  public void requireReadable(String name) throws IOException {
    if (fileSystem instanceof LocalStore local) {
      local.requireReadable(child(name));
    }
  }

  public InputStream open(String name) throws IOException {
    Path file = child(name);
    return new DiskErrors(file).in(fileSystem.open(file));
  }

  public byte[] bytes(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    }
  }

  public String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  public List<String> lines(String name) throws IOException {
    return text(name).lines().toList();
  }

  /** Of the file's bytes, hex. */
  public String sha256(String name) throws IOException {
    try (InputStream in = open(name)) {
      return Checksums.sha256(in);
    }
  }

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Replaces the file, or leaves it as it was: a reader never sees half of one. */
  public void write(String name, Content content) throws IOException {
    new FileWriting(fileSystem, child(name)).write(content);
  }

  public void write(String name, String text) throws IOException {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Begins a file that grows in its place, such as a log. What was flushed survives its writer and
   * can be read, where {@link #showsGrowingFiles}.
   */
  public OutputStream create(String name) throws IOException {
    return new FileWriting(fileSystem, child(name)).grow();
  }

  /** Whether a file can be read while it is written; object stores show it once it is closed. */
  public boolean showsGrowingFiles() throws IOException {
    return !fileSystem.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM);
  }

  /**
   * Adds one line to a journal: the whole line or nothing. Several processes may do so at once on
   * local disks and on HDFS; where a file system cannot append, the file is written anew.
   */
  public void append(String name, String line) throws IOException {
    new LineAppender(
            fileSystem,
            (file, content) -> new FileWriting(fileSystem, file).write(out -> out.write(content)))
        .append(child(name), line);
  }

  /**
   * Gives {@code partial}, complete by now, this folder's place; on failure {@code partial} is
   * deleted. Where that is not one step, what begins with {@code _} comes last.
   *
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if there is something already
   */
  public void publish(Folder partial) throws IOException {
    try {
      new Rename(fileSystem).publish(partial.path, path);
    } catch (Throwable e) {
      new Rename(fileSystem).giveUp(partial.path, e);
      throw e;
    }
  }

  /**
   * Gives {@code partial}, complete by now, this folder's place, which another folder may hold.
   * That one is set aside, and deleted when the new one stands; on failure it returns to its place.
   */
  void replace(Folder partial) throws IOException {
    if (!exists()) {
      publish(partial);
      return;
    }
    Rename rename = new Rename(fileSystem);
    Folder old = new Folder(fileSystem, hidden(path, REPLACED));
    boolean published = false;
    try {
      rename.setAside(path, old.path);
      publish(partial);
      published = true;
    } finally {
      if (!published && old.exists()) {
        rename.putBack(old.path, path);
      }
    }
    old.delete();
  }

  /**
   * Finishes a {@link #replace} that was killed: the old folder returns to its place, or is deleted
   * where the new one stands already. Only while nobody else writes this folder.
   */
  public void finishReplace() throws IOException {
    for (Folder old : beside(REPLACED)) {
      if (publishesInOneStep() ? exists() : list().stream().anyMatch(Rename::isMarker)) {
        old.delete();
      } else {
        new Rename(fileSystem).putBack(old.path, path);
      }
    }
  }

  /** What goes into a folder. */
  @FunctionalInterface
  public interface Contents {
    void writeInto(Folder partial) throws IOException;
  }

  /**
   * Writes {@code contents} beside this folder and {@link #publish(Folder) publishes} them. If that
   * fails, for whatever reason, nothing is left.
   */
  public void publish(Contents contents) throws IOException {
    publish(written(contents));
  }

  /** As {@link #publish(Contents)}, in the place of a folder that may be there. */
  public void replace(Contents contents) throws IOException {
    Folder partial = written(contents);
    try {
      replace(partial);
    } catch (Throwable e) {
      new Rename(fileSystem).giveUp(partial.path, e);
      throw e;
    }
  }

  private Folder written(Contents contents) throws IOException {
    Folder partial = partial();
    try {
      new DiskErrors(partial.path).run(() -> contents.writeInto(partial));
      return partial;
    } catch (Throwable e) { // Spark throws checked exceptions that it does not declare, too
      new Rename(fileSystem).giveUp(partial.path, e);
      throw e;
    }
  }

  /** Whether {@link #publish} is one step, after which all of the folder is there. */
  public boolean publishesInOneStep() {
    return new Rename(fileSystem).isOneStep();
  }

  /** Gives a file another name in this folder, which may not exist. */
  public void move(String name, String newName) throws IOException {
    new Rename(fileSystem).publish(child(name), child(newName));
  }

  public void delete() throws IOException {
    fileSystem.delete(path, true);
  }

  /** Deletes this folder if there is nothing in it, and if the file system lets it. */
  void deleteIfEmpty() {
    try {
      fileSystem.delete(path, false);
    } catch (IOException e) {
      // there is something in it
    }
  }

  /** Deletes a file or a folder; nothing happens if there is none. */
  public void delete(String name) throws IOException {
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

  /** Not by new Path(folder, name), which takes a colon in a name for the end of a scheme. */
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
