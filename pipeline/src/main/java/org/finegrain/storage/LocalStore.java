package org.finegrain.storage;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;

/**
 * The local disks without Hadoop's layer of checksums, so that a file can be appended to and
 * replaced in one step. As on HDFS, a file that the user may not read gives another exception than
 * one that is missing. Hadoop's own class reports both as missing.
 */
final class LocalStore extends RawLocalFileSystem {
  private LocalStore() {}

  static LocalStore open(Configuration configuration) throws IOException {
    LocalStore store = new LocalStore();
    store.initialize(FsConstants.LOCAL_FS_URI, configuration);
    return store;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    try {
      return super.open(path, bufferSize);
    } catch (FileNotFoundException e) {
      requireReadable(path);
      throw e;
    }
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    try {
      return super.getFileStatus(path);
    } catch (FileNotFoundException e) {
      requireReadable(path);
      throw e;
    }
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    try {
      return super.listStatus(path);
    } catch (IOException e) {
      requireReadable(path);
      throw e;
    }
  }

  @Override
  public boolean exists(Path path) throws IOException {
    boolean exists = super.exists(path);
    if (!exists) {
      requireReadable(path);
    }
    return exists;
  }

  @Override
  protected OutputStream createOutputStreamWithMode(
      Path path, boolean append, FsPermission permission) throws IOException {
    try {
      return super.createOutputStreamWithMode(path, append, permission);
    } catch (IOException e) {
      requireWritable(path);
      throw e;
    }
  }

  @Override
  protected boolean mkOneDirWithMode(Path path, File folder, FsPermission permission)
      throws IOException {
    boolean made = super.mkOneDirWithMode(path, folder, permission);
    if (!made) {
      requireWritable(path);
    }
    return made;
  }

  /**
   * Checks that the user may read the file.
   *
   * @throws AccessControlException if the user may not
   */
  void requireReadable(Path path) throws AccessControlException {
    java.nio.file.Path file = pathToFile(path).toPath();
    if (isDenied(file, AccessMode.READ)) {
      throw denied(
          "Cannot read %s: the user %s may not; let the user read it and its folders", file);
    }
  }

  /**
   * Checks that the user may write into the nearest folder above a file that exists.
   *
   * @throws AccessControlException if the user may not
   */
  void requireWritable(Path path) throws AccessControlException {
    java.nio.file.Path file = pathToFile(path).toPath();
    java.nio.file.Path folder = file.getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (folder != null && isDenied(folder, AccessMode.WRITE)) {
      throw denied("Cannot write into %s: the user %s may not; choose another folder", folder);
    }
  }

  private static boolean isDenied(java.nio.file.Path file, AccessMode mode) {
    try {
      file.getFileSystem().provider().checkAccess(file, mode);
      return false;
    } catch (AccessDeniedException e) {
      return true;
    } catch (IOException e) { // missing, for example: Hadoop's own exception says why
      return false;
    }
  }

  private static AccessControlException denied(String sentence, java.nio.file.Path file) {
    return new AccessControlException(
        String.format(Locale.ROOT, sentence, file, System.getProperty("user.name")));
  }
}
