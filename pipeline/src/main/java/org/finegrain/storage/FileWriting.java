package org.finegrain.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/** The writing of one file: whole or not at all, or growing in its place. */
record FileWriting(FileSystem fileSystem, Path file) {
  /** Replaces the file, or leaves it as it was: a reader never sees half of one. */
  void write(Folder.Content content) throws IOException {
    if (fileSystem.hasPathCapability(file, CommonPathCapabilities.ABORTABLE_STREAM)) {
      put(content);
    } else {
      writeAndRename(content);
    }
  }

  /** In a store that shows a file, old or new, only whole, and the new one once it is closed. */
  private void put(Folder.Content content) throws IOException {
    try (FSDataOutputStream out = fileSystem.create(file, true)) {
      boolean whole = false;
      try {
        content.writeTo(out);
        whole = true;
      } finally {
        if (!whole) {
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

  /** Begins a file that grows; what was flushed survives its writer. */
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
