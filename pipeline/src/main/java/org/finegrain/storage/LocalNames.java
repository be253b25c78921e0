package org.finegrain.storage;

import java.io.File;
import java.io.IOException;
import java.util.Locale;

/**
 * The check that Java can read the names of local files. Java reads them in the encoding of the
 * locale in which its process started, and Hadoop silently skips files whose names have other
 * letters.
 *
 * @param encoding the encoding, such as {@code ANSI_X3.4-1968} for {@code LANG=C}
 */
record LocalNames(String encoding) {
  static final LocalNames OF_THIS_PROCESS =
      new LocalNames(System.getProperty("sun.jnu.encoding", "UTF-8"));

  /** The character that Java puts in the place of letters that the encoding lacks. */
  private static final char UNREADABLE = '\uFFFD';

  /**
   * Checks the names in a folder.
   *
   * @throws IOException if a name has letters that the encoding lacks
   */
  void requireReadable(File folder) throws IOException {
    String[] names = encoding.equals("UTF-8") ? null : folder.list();
    if (names == null) {
      return;
    }
    for (String name : names) {
      if (name.indexOf(UNREADABLE) >= 0) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "Cannot read the name of %s in this process's encoding, %s: start it with LC_ALL=C.UTF-8",
                new File(folder, name),
                encoding));
      }
    }
  }
}
