package org.finegrain.storage;

import java.io.IOException;

/**
 * A file is there, but does not hold what was written. The message names the file and its fault. A
 * store that does not answer throws another exception: what its files hold is not known then.
 */
public final class UnreadableFileException extends IOException {
  private final String fault;
  private final boolean later;

  private UnreadableFileException(String file, String fault, boolean later) {
    super("Cannot read " + file + ": " + fault);
    this.fault = fault;
    this.later = later;
  }

  /** A file that was emptied, cut or changed. */
  public static UnreadableFileException damaged(String file, String fault) {
    return new UnreadableFileException(file, fault, false);
  }

  /** A file whose format a later version of finegrain writes. */
  static UnreadableFileException later(String file, String fault) {
    return new UnreadableFileException(file, fault, true);
  }

  /** What is wrong with the file, without its name: {@code it is empty}. */
  public String fault() {
    return fault;
  }

  /** Whether a later version wrote the file, so that it must not be replaced. */
  public boolean isOfLaterVersion() {
    return later;
  }
}
