package org.finegrain.storage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The rename that commits a write.
 *
 * <p>On local disks and on HDFS it is one step. On other stores an old file is deleted first, so
 * that a crash between the two steps leaves no file rather than half of one. A folder's contents
 * are then moved one by one, as object stores copy them. Names that begin with {@code _} come last:
 * {@code _SUCCESS} or {@code _manifest.json} shows that the rest is complete.
 */
final class Rename {
  /**
   * The schemes of file systems on which a rename is one step. With {@link FileContext} it may also
   * replace a file.
   */
  private static final Set<String> ATOMIC = Set.of("hdfs", "viewfs");

  private static final Comparator<Path> MARKERS_LAST =
      Comparator.comparing((Path path) -> isMarker(path.getName())).thenComparing(Path::getName);

  private final FileSystem fileSystem;

  Rename(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  static boolean isMarker(String name) {
    return name.startsWith("_");
  }

  boolean isOneStep() {
    return fileSystem instanceof RawLocalFileSystem
        || ATOMIC.contains(fileSystem.getUri().getScheme());
  }

  /** Moves the file {@code partial} to the place of {@code file}, which may exist. */
  void replace(Path partial, Path file) throws IOException {
    if (fileSystem instanceof RawLocalFileSystem local) {
      java.nio.file.Path target = local.pathToFile(file).toPath();
      // Hadoop's own checksum of the old file would not fit the new one.
      Files.deleteIfExists(target.resolveSibling("." + target.getFileName() + ".crc"));
      // Hadoop's local rename deletes the old file first.
      Files.move(local.pathToFile(partial).toPath(), target, StandardCopyOption.ATOMIC_MOVE);
    } else if (isOneStep()) {
      FileContext.getFileContext(fileSystem.getUri(), fileSystem.getConf())
          .rename(partial, file, Options.Rename.OVERWRITE);
    } else {
      fileSystem.delete(file, false);
      renameOrThrow(partial, file);
    }
  }

  /**
   * Gives the file or folder {@code partial} the name {@code folder}.
   *
   * @throws FileAlreadyExistsException if there is something of this name
   */
  void publish(Path partial, Path folder) throws IOException {
    if (fileSystem.exists(folder)) { // some file systems would move partial into it
      throw new FileAlreadyExistsException(
          "Cannot publish " + folder + ": it exists; delete it or choose another folder");
    }
    if (fileSystem instanceof RawLocalFileSystem local) {
      File target = local.pathToFile(folder);
      Files.createDirectories(target.toPath().toAbsolutePath().getParent());
      Files.move(
          local.pathToFile(partial).toPath(), target.toPath(), StandardCopyOption.ATOMIC_MOVE);
    } else {
      fileSystem.mkdirs(folder.getParent());
      if (isOneStep() || fileSystem.getFileStatus(partial).isFile()) {
        renameOrThrow(partial, folder);
      } else {
        moveContents(partial, folder, MARKERS_LAST);
      }
    }
  }

  /**
   * Gives the folder the name {@code aside}, which may not exist. If that takes several steps, the
   * markers go first.
   */
  void setAside(Path folder, Path aside) throws IOException {
    if (isOneStep()) {
      publish(folder, aside);
    } else {
      moveContents(folder, aside, MARKERS_LAST.reversed());
    }
  }

  /**
   * Undoes {@link #setAside}, even if it was only half done. It replaces what was half published
   * since.
   */
  void putBack(Path aside, Path folder) throws IOException {
    if (isOneStep()) {
      publish(aside, folder);
      return;
    }
    List<Path> files = new ArrayList<>();
    for (var found = fileSystem.listFiles(aside, true); found.hasNext(); ) {
      files.add(found.next().getPath());
    }
    files.sort(MARKERS_LAST);
    int prefix = aside.toUri().getPath().length() + 1;
    for (Path file : files) {
      Path target = Folder.inside(folder, file.toUri().getPath().substring(prefix));
      fileSystem.delete(target, false);
      fileSystem.mkdirs(target.getParent());
      renameOrThrow(file, target);
    }
    fileSystem.delete(aside, true);
  }

  private void moveContents(Path from, Path to, Comparator<Path> order) throws IOException {
    List<Path> contents =
        Arrays.stream(fileSystem.listStatus(from)).map(FileStatus::getPath).sorted(order).toList();
    fileSystem.mkdirs(to);
    for (Path path : contents) {
      renameOrThrow(path, Folder.inside(to, path.getName()));
    }
    fileSystem.delete(from, true);
  }

  /** Deletes what a failed write has left. */
  void giveUp(Path partial, Throwable failure) {
    try {
      fileSystem.delete(partial, true);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void renameOrThrow(Path from, Path to) throws IOException {
    if (!fileSystem.rename(from, to)) {
      throw new IOException(
          "Cannot rename "
              + from
              + " to "
              + to
              + ": check that you may write to its parent folder");
    }
  }
}
