package org.finegrain.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.ipc.RemoteException;

/**
 * A file that only one of several processes can create. On local disks and on HDFS the store itself
 * decides which one. Hadoop 3.3 cannot ask {@code s3a:} to do so: it looks whether there is a file,
 * and then writes one.
 */
record ExclusiveFile(FileSystem fileSystem, Path file) {
  private static final int MAX_ATTEMPTS = 10;

  /**
   * Creates the file, unless there is one. For a moment, others may see it before it has its
   * content.
   *
   * @return whether this process has created it
   */
  boolean create(String text) throws IOException {
    Optional<OutputStream> created = begin();
    if (created.isEmpty()) {
      return false;
    }
    try (OutputStream out = created.get()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      new Rename(fileSystem).giveUp(file, e);
      throw new IOException("Cannot write " + file + ": " + e.getMessage(), e);
    }
    return true;
  }

  private Optional<OutputStream> begin() throws IOException {
    try {
      return Optional.of(
          fileSystem instanceof RawLocalFileSystem local
              ? beginLocally(local)
              : fileSystem.create(file, false));
    } catch (java.nio.file.FileAlreadyExistsException | FileAlreadyExistsException e) {
      return Optional.empty();
    } catch (RemoteException e) { // HDFS: another process has created it, and is still writing it
      if (LineAppender.isAboutTheLease(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Hadoop's own class would look first, and then write. */
  private OutputStream beginLocally(RawLocalFileSystem local) throws IOException {
    java.nio.file.Path path = local.pathToFile(file).toPath();
    for (int attempt = 1; true; attempt++) {
      fileSystem.mkdirs(file.getParent());
      try {
        return Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (NoSuchFileException e) { // another process has just deleted the empty folder
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
      } catch (AccessDeniedException e) {
        if (local instanceof LocalStore store) {
          store.requireWritable(file);
        }
        throw e;
      }
    }
  }

  /**
   * Makes the file look as if it was written at {@code time}, without creating it. A store that
   * keeps no such time gets the file again.
   *
   * @param time a time of the store's clock
   * @param text the content of the file
   * @throws java.io.FileNotFoundException or {@link NoSuchFileException} if there is no file
   */
  void touch(Instant time, String text) throws IOException {
    long millis = time.toEpochMilli();
    fileSystem.setTimes(file, millis, -1);
    if (fileSystem.getFileStatus(file).getModificationTime() < millis) {
      new FileWriting(fileSystem, file, Folder.Guard.NONE)
          .write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
