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
 * The commit of a write. One step on local files and on HDFS. Elsewhere an old file is deleted
 * first, so that a crash between the two leaves none rather than half of one; and a folder's
 * contents are moved one by one, as an object store copies them, what begins with {@code _} last:
 * {@code _SUCCESS} or {@code _manifest.json} tells that all the rest is there.
 */
final class Rename {
  /** Where a rename is one step, by {@link FileContext} also over a file. */
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

  /** Puts {@code partial} in the place of {@code file}, which may exist. */
  void replace(Path partial, Path file) throws IOException {
    if (fileSystem instanceof RawLocalFileSystem local) {
      java.nio.file.Path target = local.pathToFile(file).toPath();
      // Hadoop's own checksum of the old file would condemn the new one.
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

  /** Gives the file or folder {@code partial} the name {@code folder}, which may not exist. */
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
   * Gives the folder another name, which may not exist; markers go first where it is no one step.
   */
  void setAside(Path folder, Path aside) throws IOException {
    if (isOneStep()) {
      publish(folder, aside);
    } else {
      moveContents(folder, aside, MARKERS_LAST.reversed());
    }
  }

  /** Undoes {@link #setAside}, done or half done, over what was half published since. */
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

  /** Deletes what a write that failed has left. */
  void giveUp(Path partial, Throwable failure) {
    try {
      fileSystem.delete(partial, true);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void renameOrThrow(Path from, Path to) throws IOException {
    if (!fileSystem.rename(from, to)) {
      throw new IOException("Cannot rename " + from + " to " + to + ": is its parent writable?");
    }
  }
}
