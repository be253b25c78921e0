package org.finegrain.storage;

import java.io.File;
import java.io.IOException;
import java.util.Locale;

/**
 * Names of local files, which Java reads in one encoding, that of the locale its process began
 * with. A name with other letters is one that Hadoop passes over in silence.
 *
 * @param encoding such as {@code ANSI_X3.4-1968} with {@code LANG=C}
 */
record LocalNames(String encoding) {
  static final LocalNames OF_THIS_PROCESS =
      new LocalNames(System.getProperty("sun.jnu.encoding", "UTF-8"));

  /** What Java puts in the place of letters that the encoding lacks. */
  private static final char UNREADABLE = '\uFFFD';

  /**
   * @throws IOException if the folder holds a name that is not in the encoding
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
