package org.finegrain.report;

/** A file does not hold what its format says. Others can still be read. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1;

  private final String file;
  private final String why;

  /** As the components of {@link Fault}. */
  UnreadableException(String file, String why) {
    super(file + " " + why);
    this.file = file;
    this.why = why;
  }

  Fault fault() {
    return new Fault(file, why);
  }
}
