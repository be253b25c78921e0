package org.finegrain.storage;

import java.io.IOException;
import java.util.Locale;

/**
 * A file is there, but cannot be read: it does not hold what was written, or the user may not. The
 * message names the file and its fault. A store that does not answer throws another exception: what
 * its files hold is not known then.
 */
public final class UnreadableFileException extends IOException {
  private final String fault;
  private final boolean mustStay;

  private UnreadableFileException(String file, String fault, boolean mustStay) {
    super("Cannot read " + file + ": " + fault);
    this.fault = fault;
    this.mustStay = mustStay;
  }

  /** A file that was emptied, cut or changed. */
  public static UnreadableFileException damaged(String file, String fault) {
    return new UnreadableFileException(file, fault, false);
  }

  /** A file whose format a later version of finegrain writes. */
  static UnreadableFileException later(String file, String fault) {
    return new UnreadableFileException(file, fault, true);
  }

  /** A file that this user may not read. */
  static UnreadableFileException forbidden(String file) {
    return new UnreadableFileException(
        file,
        String.format(
            Locale.ROOT,
            "the user %s may not; let the user read it and its folders",
            System.getProperty("user.name")),
        true);
  }

  /** What is wrong with the file, without its name: {@code it is empty}. */
  public String fault() {
    return fault;
  }

  /**
   * Whether the file may be sound, as a later version wrote it or this user may not read it. It
   * must not be replaced then.
   */
  public boolean mustStay() {
    return mustStay;
  }
}
