package org.finegrain.storage;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files in a store whose clock is an hour late, {@code skewed://store/path}. */
public final class SkewedFileSystem extends FilterFileSystem {
  private static final long LATE_MILLIS = 3_600_000;

  public SkewedFileSystem() {
    super(new Store());
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    FileStatus status = super.getFileStatus(path);
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        1,
        status.getBlockSize(),
        status.getModificationTime() - LATE_MILLIS,
        path);
  }

  @Override
  public void setTimes(Path path, long modified, long accessed) throws IOException {
    super.setTimes(path, modified + LATE_MILLIS, accessed);
  }

  private static final class Store extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("skewed://store");
    }

    @Override
    public String getScheme() {
      return "skewed";
    }

    @Override
    protected void checkPath(Path path) {}
  }
}
