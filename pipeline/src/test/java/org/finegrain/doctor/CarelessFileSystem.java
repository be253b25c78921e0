package org.finegrain.doctor;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A local file system that does not see a folder just renamed, as some object stores do not; so a
 * later rename goes over it.
 */
public final class CarelessFileSystem extends FilterFileSystem {
  public CarelessFileSystem() {
    super(
        new RawLocalFileSystem() {
          @Override
          protected void checkPath(Path path) {} // of any scheme
        });
  }

  @Override
  public URI getUri() {
    return URI.create("careless:///");
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    if (path.getName().equals("place")) {
      throw new FileNotFoundException(path.toString());
    }
    return super.getFileStatus(path);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    super.delete(to, true);
    return super.rename(from, to);
  }
}
