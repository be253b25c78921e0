package org.finegrain.storage;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * Local files with the limits of an object store, {@code noappend://store/path}. A test can kill
 * their writer, and put them out of reach.
 */
public final class NoAppendFileSystem extends FilterFileSystem {
  private static final ThreadLocal<Integer> RENAMES_LEFT =
      ThreadLocal.withInitial(() -> Integer.MAX_VALUE);
  private static final ThreadLocal<Optional<Writer>> BEFORE_RENAME =
      ThreadLocal.withInitial(Optional::empty);
  private static final ThreadLocal<Boolean> OUTAGE = ThreadLocal.withInitial(() -> false);

  public NoAppendFileSystem() {
    super(new Store());
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) {
    return false;
  }

  @Override
  public FSDataOutputStream append(Path file, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("Append is not supported");
  }

  /** Runs an action once, before the next rename by this thread. */
  public static void beforeRename(Writer action) {
    BEFORE_RENAME.set(Optional.of(action));
  }

  /** A writer that can be killed. */
  @FunctionalInterface
  public interface Writer {
    void write() throws IOException;
  }

  /**
   * The kill of a writer. It is an error, so that no code that handles failures of a store sees it.
   */
  private static final class Killed extends Error {}

  /**
   * Returns whether {@code writer} needed more than {@code renames} renames, and was therefore
   * killed.
   */
  public static boolean killsAfter(int renames, Writer writer) throws IOException {
    RENAMES_LEFT.set(renames);
    try {
      writer.write();
      return false;
    } catch (Killed e) {
      return true;
    } finally {
      RENAMES_LEFT.remove();
    }
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    int left = RENAMES_LEFT.get();
    if (left <= 0) {
      RENAMES_LEFT.set(-1);
      throw new Killed();
    }
    RENAMES_LEFT.set(left - 1);
    Optional<Writer> before = BEFORE_RENAME.get();
    BEFORE_RENAME.remove();
    if (before.isPresent()) {
      before.get().write();
    }
    return super.rename(from, to);
  }

  /** Deletes nothing for a killed writer, which cannot clean up. */
  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (RENAMES_LEFT.get() < 0) {
      throw new Killed();
    }
    return super.delete(path, recursive);
  }

  /** Begins or ends an outage, in which this thread can open no file. */
  public static void outage(boolean begins) {
    OUTAGE.set(begins);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    if (OUTAGE.get()) {
      throw new ConnectException("Connection refused");
    }
    return super.open(file, bufferSize);
  }

  private static final class Store extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("noappend://store");
    }

    @Override
    public String getScheme() {
      return "noappend";
    }

    @Override
    protected void checkPath(Path path) {}
  }
}
