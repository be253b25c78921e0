package org.finegrain.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local files on a disk without room for content, {@code fulldisk:/path}. It fails as Hadoop's
 * local file system does, with an {@link Error}.
 */
public final class FullDisk extends RawLocalFileSystem {
  /** Returns a folder on the full disk. */
  public static Folder folder(java.nio.file.Path path) throws IOException {
    Configuration configuration = new Configuration(false);
    configuration.set("fs.fulldisk.impl", FullDisk.class.getName());
    return Folder.at("fulldisk:" + path, configuration);
  }

  @Override
  public URI getUri() {
    return URI.create("fulldisk:///");
  }

  @Override
  public String getScheme() {
    return "fulldisk";
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return full(super.create(file, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return full(super.create(file, overwrite, bufferSize, replication, blockSize, progress));
  }

  private static FSDataOutputStream full(FSDataOutputStream stored) {
    OutputStream none =
        new OutputStream() {
          @Override
          public void write(int value) {
            throw error();
          }

          @Override
          public void close() throws IOException {
            stored.close();
          }
        };
    return new FSDataOutputStream(none, new FileSystem.Statistics("fulldisk"));
  }

  /** Makes the error by reflection, because its constructor is Hadoop's own. */
  private static FSError error() {
    try {
      Constructor<FSError> constructor = FSError.class.getDeclaredConstructor(Throwable.class);
      constructor.setAccessible(true);
      return constructor.newInstance(new IOException("No space left on device"));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
