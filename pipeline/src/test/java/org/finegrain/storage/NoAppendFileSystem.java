package org.finegrain.storage;

import java.net.URI;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** Local files behind the limits of an object store: {@code noappend://store/path}. */
public final class NoAppendFileSystem extends FilterFileSystem {
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
