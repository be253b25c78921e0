package org.finegrain.storage;

import java.io.IOException;
import java.util.Locale;

/**
 * The exception for a file that exists, but cannot be read: it does not hold what was written, or
 * the user may not read it. The message names the file and its fault. A store that does not answer
 * throws another exception, since the content of its files is then unknown.
 */
public final class UnreadableFileException extends IOException {
  private final String fault;
  private final boolean mustStay;

  private UnreadableFileException(String file, String fault, boolean mustStay) {
    super("Cannot read " + file + ": " + fault);
    this.fault = fault;
    this.mustStay = mustStay;
  }

  /** Returns the exception for a file that was emptied, cut or changed. */
  public static UnreadableFileException damaged(String file, String fault) {
    return new UnreadableFileException(file, fault, false);
  }

  /** Returns the exception for a file whose format a later version of finegrain writes. */
  static UnreadableFileException later(String file, String fault) {
    return new UnreadableFileException(file, fault, true);
  }

  /** Returns the exception for a file that this user may not read. */
  static UnreadableFileException forbidden(String file) {
    return new UnreadableFileException(
        file,
        String.format(
            Locale.ROOT,
            "the user %s may not; let the user read it and its folders",
            System.getProperty("user.name")),
        true);
  }

  /** Returns the fault of the file without its name, such as {@code it is empty}. */
  public String fault() {
    return fault;
  }

  /**
   * Returns whether the file may be intact, because a later version wrote it or this user may not
   * read it. It must not be replaced then.
   */
  public boolean mustStay() {
    return mustStay;
  }
}
