package org.finegrain.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import org.finegrain.image.ImageException;
import org.finegrain.storage.Folder;

/** The file of an image in an original dataset. */
final class OriginalImage {
  /** No photograph of the four datasets has 10 MB; a larger file would only exhaust memory. */
  private static final long MAX_FILE_BYTES = 256L << 20;

  private OriginalImage() {}

  /**
   * Checks that the user may read the image: if not, nothing is wrong with it.
   *
   * @throws org.apache.hadoop.security.AccessControlException if not
   */
  static void requireReadable(Folder folder, String path) throws IOException {
    try {
      folder.requireReadable(path);
    } catch (IllegalArgumentException e) {
      // no path within the folder, which reading finds
    }
  }

  /**
   * @throws ImageException if there is no such file, or one that cannot be an image
   * @throws IOException if the storage fails
   */
  static byte[] read(Folder folder, String path) throws IOException {
    try {
      if (folder.isFolder(path)) {
        throw new ImageException("a folder, where an image should be");
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
