package org.finegrain.doctor;

/**
 * What a check came to, in one line.
 *
 * @param text the value that was found; of a failure and a warning also the remedy
 */
record Finding(Verdict verdict, String text) {
  enum Verdict {
    OK("ok"),
    /** The training will run, but not as it could, or not as it is promised. */
    WARNING("warning"),
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
    text = text.lines().findFirst().orElse("").strip(); // some causes bring a page
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

  /**
   * @param sentence that names the remedy too
   */
  static Finding failed(String sentence) {
    return new Finding(Verdict.FAILED, sentence);
  }
}
