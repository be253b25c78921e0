package org.finegrain.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * The writing of one file: either completely or not at all, or as a file that grows in its place.
 *
 * @param guard the check before the file, or a part of it, becomes visible
 */
record FileWriting(FileSystem fileSystem, Path file, Folder.Guard guard) {
  /** Replaces the file, or leaves it as it was. A reader never sees half of a file. */
  void write(Folder.Content content) throws IOException {
    if (fileSystem.hasPathCapability(file, CommonPathCapabilities.ABORTABLE_STREAM)) {
      put(content);
    } else {
      writeAndRename(content);
    }
  }

  /** Writes to a store that shows only complete files: the old one until the new one is closed. */
  private void put(Folder.Content content) throws IOException {
    try (FSDataOutputStream out = fileSystem.create(file, true)) {
      boolean complete = false;
      try {
        content.writeTo(out);
        guard.check();
        complete = true;
      } finally {
        if (!complete) {
          out.abort();
        }
      }
    }
  }

  private void writeAndRename(Folder.Content content) throws IOException {
    Path partial = FolderPublication.unfinished(file);
    Rename rename = new Rename(fileSystem);
    try {
      new DiskErrors(file)
          .run(
              () -> {
                try (var out = fileSystem.create(partial, false)) {
                  content.writeTo(out);
                  out.hsync();
                }
              });
      guard.check();
      rename.replace(partial, file);
    } catch (Throwable e) {
      rename.giveUp(partial, e);
      throw e;
    }
  }

  /** Begins a file that grows. Everything that was flushed stays, even if the writer is killed. */
  OutputStream grow() throws IOException {
    DiskErrors errors = new DiskErrors(file);
    guard.check();
    FSDataOutputStream stored = errors.call(() -> fileSystem.create(file, false));
    return new BufferedOutputStream(errors.out(new GuardedStream(stored, guard)));
  }

  /** A stream that checks before it writes, and then holds nothing back. */
  private static final class GuardedStream extends OutputStream {
    private final FSDataOutputStream out;
    private final Folder.Guard guard;

    GuardedStream(FSDataOutputStream out, Folder.Guard guard) {
      this.out = out;
      this.guard = guard;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      guard.check();
      out.write(buffer, offset, length);
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hflush();
      } else {
        out.flush();
      }
    }

    /** Closes the file. A store that shows it only now is told to forget it, if the check fails. */
    @Override
    public void close() throws IOException {
      boolean complete = false;
      try (out) {
        try {
          guard.check();
          complete = true;
        } finally {
          if (!complete && out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
            out.abort();
          }
        }
      }
    }
  }
}
