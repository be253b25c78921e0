package org.finegrain.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import org.finegrain.image.ImageException;
import org.finegrain.storage.Folder;

/** The reading of an image file in an original dataset. */
final class OriginalImage {
  /**
   * The largest file that is read. A larger one would only exhaust memory: no photograph of the
   * four datasets has 10 MB.
   */
  private static final long MAX_FILE_BYTES = 256L << 20;

  private OriginalImage() {}

  /**
   * Checks that the user may read the image. A missing right does not mean that the image is
   * broken.
   *
   * @throws org.apache.hadoop.security.AccessControlException if the user may not
   */
  static void requireReadable(Folder folder, String path) throws IOException {
    try {
      folder.requireReadable(path);
    } catch (IllegalArgumentException e) {
      // the path leads out of the folder, which the reading reports
    }
  }

  /**
   * Reads the file.
   *
   * @throws ImageException if there is no such file, or one that cannot be an image
   * @throws IOException if the storage fails
   */
  static byte[] read(Folder folder, String path) throws IOException {
    try {
      if (folder.isFolder(path)) {
        throw new ImageException("a folder instead of an image");
      }
      long bytes = folder.size(path);
      if (bytes > MAX_FILE_BYTES) {
        throw new ImageException(
            String.format(
                Locale.ROOT, "file of %d bytes; at most %d are read", bytes, MAX_FILE_BYTES));
      }
      return folder.bytes(path);
    } catch (FileNotFoundException e) {
      throw new ImageException("missing", e);
    } catch (IllegalArgumentException e) {
      throw new ImageException("the list's path leads out of the dataset", e);
    }
  }
}
