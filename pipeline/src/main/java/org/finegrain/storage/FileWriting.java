package org.finegrain.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * The writing of one file: either completely or not at all, or as a file that grows in its place.
 */
record FileWriting(FileSystem fileSystem, Path file) {
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
        complete = true;
      } finally {
        if (!complete) {
          out.abort();
        }
      }
    }
  }

  private void writeAndRename(Folder.Content content) throws IOException {
    Path partial = Folder.unfinished(file);
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
      rename.replace(partial, file);
    } catch (Throwable e) {
      rename.giveUp(partial, e);
      throw e;
    }
  }

  /** Begins a file that grows. Everything that was flushed stays, even if the writer is killed. */
  OutputStream grow() throws IOException {
    DiskErrors errors = new DiskErrors(file);
    FSDataOutputStream stored = errors.call(() -> fileSystem.create(file, false));
    return errors.out(
        new FilterOutputStream(stored) {
          @Override
          public void write(byte[] buffer, int offset, int length) throws IOException {
            stored.write(buffer, offset, length);
          }

          @Override
          public void flush() throws IOException {
            if (stored.hasCapability(StreamCapabilities.HSYNC)) {
              stored.hflush();
            } else {
              stored.flush();
            }
          }
        });
  }
}
