package org.finegrain.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.ipc.RemoteException;

/**
 * The appending of lines to a journal or a log, each completely or not at all.
 *
 * <p>On local disks and on HDFS, several processes may append to one file: a file lock or HDFS' own
 * lease keeps them apart. On other stores the file is written again, and may have only one writer.
 * The next append removes the part of a line that a killed writer left.
 */
final class LineAppender {
  private static final int ATTEMPTS = 60;
  // File locks keep processes apart; a second thread of one process would get an exception.
  private static final Object THREADS = new Object();

  private final FileSystem fileSystem;
  private final Rewrite rewrite;

  /** The replacement of a file by new content, completely or not at all. */
  interface Rewrite {
    void write(Path file, byte[] content) throws IOException;
  }

  LineAppender(FileSystem fileSystem, Rewrite rewrite) {
    this.fileSystem = fileSystem;
    this.rewrite = rewrite;
  }

  /**
   * Appends lines, each with its line break.
   *
   * @throws IllegalArgumentException if a line contains a line break
   */
  void append(Path file, List<String> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      if (line.indexOf('\n') >= 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "Invalid line for %s: it holds a line break: %s", file, line));
      }
      text.append(line).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (fileSystem instanceof RawLocalFileSystem local) {
      synchronized (THREADS) {
        appendLocally(local.pathToFile(file).toPath(), bytes);
      }
    } else if (!fileSystem.hasPathCapability(file, CommonPathCapabilities.FS_APPEND)) {
      rewrite.write(file, concat(completeLines(file), bytes));
    } else {
      appendRemotely(file, bytes);
    }
  }

  private static void appendLocally(java.nio.file.Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException(
            "Cannot lock "
                + file
                + ": its file system may not support locks; choose a folder on another one");
      }
      long end = endOfCompleteLines(channel);
      channel.truncate(end);
      channel.position(end);
      try {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      } catch (IOException e) { // a full disk
        channel.truncate(end);
        throw e;
      }
    }
  }

  private static long endOfCompleteLines(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    for (long end = channel.size(); end > 0; end--) {
      last.clear();
      channel.read(last, end - 1);
      if (last.get(0) == '\n') {
        return end;
      }
    }
    return 0;
  }

  private void appendRemotely(Path file, byte[] bytes) throws IOException {
    if (!fileSystem.exists(file)) {
      try {
        fileSystem.create(file, false).close();
      } catch (FileAlreadyExistsException e) {
        // another process has just created it
      }
    }
    if (isTorn(file)) {
      rewrite.write(file, completeLines(file));
    }
    try (FSDataOutputStream out = openWithLease(file)) {
      out.write(bytes);
      out.hsync();
    }
  }

  /**
   * Opens the file for appending. Another process may hold its lease for a moment, while it appends
   * itself.
   */
  private FSDataOutputStream openWithLease(Path file) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return fileSystem.append(file);
      } catch (RemoteException e) {
        if (attempt == ATTEMPTS || !isAboutTheLease(e)) {
          throw e;
        }
        pause();
      }
    }
  }

  /** Returns whether HDFS refused a write because another client has the file open. */
  static boolean isAboutTheLease(RemoteException e) {
    return e.getClassName().endsWith("AlreadyBeingCreatedException")
        || e.getClassName().endsWith("RecoveryInProgressException");
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for a file's lease");
    }
  }

  private boolean isTorn(Path file) throws IOException {
    FileStatus status = fileSystem.getFileStatus(file);
    if (status.getLen() == 0) {
      return false;
    }
    try (FSDataInputStream in = fileSystem.open(file)) {
      in.seek(status.getLen() - 1);
      return in.read() != '\n';
    }
  }

  private byte[] completeLines(Path file) throws IOException {
    if (!fileSystem.exists(file)) {
      return new byte[0];
    }
    try (InputStream in = fileSystem.open(file)) {
      byte[] content = in.readAllBytes();
      int end = content.length;
      while (end > 0 && content[end - 1] != '\n') {
        end--;
      }
      return Arrays.copyOf(content, end);
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
