package org.finegrain.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;

/**
 * A store on other machines whose failures name the path and the store. Hadoop's own messages may
 * name a host and a port that the user never wrote, for example if {@code HADOOP_CONF_DIR} names
 * the default store.
 */
final class NamedStore extends FilterFileSystem {
  private final Configuration configuration; // that of the store may be an earlier one

  private NamedStore(FileSystem store, Configuration configuration) {
    super(store);
    this.configuration = configuration;
  }

  /** Opens the file system of a path. */
  static FileSystem open(Path path, Configuration configuration) throws IOException {
    try {
      FileSystem found = path.getFileSystem(configuration);
      FileSystem plain = found instanceof LocalFileSystem local ? local.getRawFileSystem() : found;
      if (plain.getClass() == RawLocalFileSystem.class) {
        return LocalStore.open(configuration);
      }
      return plain instanceof RawLocalFileSystem ? plain : new NamedStore(plain, configuration);
    } catch (IOException | RuntimeException e) {
      throw cannotReach(path, configuration, e);
    }
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return naming(path, () -> super.open(path, bufferSize));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return naming(
        path,
        () ->
            super.create(
                path, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress)
      throws IOException {
    return naming(path, () -> super.append(path, bufferSize, progress));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return naming(from, () -> super.rename(from, to));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return naming(path, () -> super.delete(path, recursive));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return naming(path, () -> super.listStatus(path));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return naming(path, () -> super.mkdirs(path, permission));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return naming(path, () -> super.getFileStatus(path));
  }

  private <T> T naming(Path path, DiskErrors.Call<T> call) throws IOException {
    try {
      return call.call();
    } catch (IOException e) {
      throw namesItsPlace(path, e) ? e : cannotReach(path, configuration, e);
    }
  }

  /**
   * Returns whether an exception can be passed on as it is. Callers need the type of some, and the
   * others come from the store itself.
   */
  private static boolean namesItsPlace(Path path, IOException e) {
    return e instanceof FileNotFoundException
        || e instanceof FileAlreadyExistsException
        || e instanceof AccessControlException
        || e instanceof RemoteException
        || String.valueOf(e.getMessage()).contains(path.toString());
  }

  private static IOException cannotReach(Path path, Configuration configuration, Exception e) {
    URI store = FileSystem.getDefaultUri(configuration);
    boolean isDefault =
        path.toUri().getScheme() == null
            || (path.toUri().getScheme().equals(store.getScheme())
                && Objects.equals(path.toUri().getAuthority(), store.getAuthority()));
    return new IOException(
        String.format(
                Locale.ROOT,
                "Cannot reach %s: %s",
                isDefault ? path.makeQualified(store, new Path("/")) : path,
                reason(e))
            + (isDefault
                ? "; this is the default store of Hadoop's configuration (fs.defaultFS), write file:PATH for a file on this machine"
                : ""),
        e);
  }

  private static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof UnknownHostException) {
      return "there is no host " + cause.getMessage();
    } else if (cause instanceof ClassNotFoundException) {
      return "Hadoop's client for this store is missing, add it with spark.jars.packages";
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
