package org.finegrain.storage;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;

/**
 * The conversion of Hadoop's {@link FSError} into an {@link IOException}. Hadoop throws this {@link
 * Error} if a local disk fails or is full, but code that handles failures of files does not catch
 * errors.
 *
 * @param file the file that is read or written, for the message
 */
record DiskErrors(Path file) {
  /** A call to a file system. */
  @FunctionalInterface
  interface Call<T> {
    T call() throws IOException;
  }

  /** A call to a file system without a result. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  <T> T call(Call<T> call) throws IOException {
    try {
      return call.call();
    } catch (FSError e) {
      throw exception(e);
    }
  }

  void run(Action action) throws IOException {
    try {
      action.run();
    } catch (FSError e) {
      throw exception(e);
    }
  }

  private IOException exception(FSError e) {
    Throwable hidden = e.getCause() == null ? e : e.getCause();
    return new IOException(
        String.format(Locale.ROOT, "Cannot read or write %s: %s", file, hidden.getMessage()), e);
  }

  /** Returns a stream whose failures are converted. */
  InputStream in(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        return call(in::read);
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return call(() -> in.read(buffer, offset, length));
      }

      @Override
      public long skip(long n) throws IOException {
        return call(() -> in.skip(n));
      }
    };
  }

  /** Returns a stream whose failures are converted. */
  OutputStream out(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int value) throws IOException {
        run(() -> out.write(value));
      }

      @Override
      public void write(byte[] buffer, int offset, int length) throws IOException {
        run(() -> out.write(buffer, offset, length));
      }

      @Override
      public void flush() throws IOException {
        run(out::flush);
      }

      @Override
      public void close() throws IOException {
        run(out::close);
      }
    };
  }
}
