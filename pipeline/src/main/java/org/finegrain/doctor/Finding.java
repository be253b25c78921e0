package org.finegrain.doctor;

/**
 * The result of a check, in one line.
 *
 * @param text the value that was found; a warning and a failure name the remedy too
 */
record Finding(Verdict verdict, String text) {
  /** The degrees of seriousness of a finding. */
  enum Verdict {
    OK("ok"),
    /** The training will run, but slower than it could, or without one of its promises. */
    WARNING("warning"),
    /** The training must not start. */
    FAILED("FAILED");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  Finding {
    text = text.lines().findFirst().orElse("").strip(); // messages of some causes are a page long
  }

  static Finding ok(String found) {
    return new Finding(Verdict.OK, found);
  }

  static Finding warning(String found, String remedy) {
    return new Finding(Verdict.WARNING, found + ": " + remedy);
  }

  static Finding failed(String found, String remedy) {
    return failed(found + ": " + remedy);
  }

  /** Returns a failure whose {@code sentence} names the remedy too. */
  static Finding failed(String sentence) {
    return new Finding(Verdict.FAILED, sentence);
  }
}
