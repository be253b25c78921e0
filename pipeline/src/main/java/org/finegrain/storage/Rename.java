package org.finegrain.storage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The commit of a write. One step on local files and on HDFS; elsewhere the old file is deleted
 * first, so that a crash between the two leaves none rather than half of one.
 */
final class Rename {
  /** Where {@link FileContext} renames over a file in one step. */
  private static final Set<String> ATOMIC = Set.of("hdfs", "viewfs");

  private final FileSystem fileSystem;

  Rename(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  /** Puts {@code partial} in the place of {@code file}, which may exist. */
  void replace(Path partial, Path file) throws IOException {
    if (fileSystem instanceof RawLocalFileSystem local) {
      java.nio.file.Path target = local.pathToFile(file).toPath();
      // Hadoop's own checksum of the old file would condemn the new one.
      Files.deleteIfExists(target.resolveSibling("." + target.getFileName() + ".crc"));
      // Hadoop's local rename deletes the old file first.
      Files.move(local.pathToFile(partial).toPath(), target, StandardCopyOption.ATOMIC_MOVE);
    } else if (ATOMIC.contains(fileSystem.getUri().getScheme())) {
      FileContext.getFileContext(fileSystem.getUri(), fileSystem.getConf())
          .rename(partial, file, Options.Rename.OVERWRITE);
    } else {
      fileSystem.delete(file, false);
      renameOrThrow(partial, file);
    }
  }

  /** Gives the folder {@code partial} the name {@code folder}, which may not exist. */
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
      renameOrThrow(partial, folder);
    }
  }

  private void renameOrThrow(Path from, Path to) throws IOException {
    if (!fileSystem.rename(from, to)) {
      throw new IOException("Cannot rename " + from + " to " + to + ": is its parent writable?");
    }
  }
}
