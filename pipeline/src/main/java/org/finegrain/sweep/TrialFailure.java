package org.finegrain.sweep;

import java.io.IOException;
import java.util.Optional;
import org.finegrain.storage.UnreadableFileException;
import org.finegrain.train.FailureCause;
import org.finegrain.train.RunException;

/**
 * The failure of an attempt at a trial.
 *
 * @param cause the kind of cause, which decides whether the trial is tried again
 * @param message one line that explains it
 * @param isExplained whether the message is enough for a user, so that no stack trace is needed
 */
record TrialFailure(FailureCause cause, String message, boolean isExplained) {

  static TrialFailure of(Throwable thrown) {
    Throwable root = root(thrown);
    boolean isExplained =
        (thrown instanceof IOException && thrown.getMessage() != null)
            || root instanceof RunException;
    return new TrialFailure(FailureCause.of(thrown), message(root), isExplained);
  }

  /**
   * Returns a message that explains the failure, or else the first line of the deepest cause, as
   * Spark wraps causes in pages of text.
   */
  private static String message(Throwable root) {
    String line =
        Optional.ofNullable(root.getMessage()).flatMap(text -> text.lines().findFirst()).orElse("");
    if (line.isBlank()) {
      return root.getClass().getName();
    }
    return root instanceof RunException || root instanceof UnreadableFileException
        ? line
        : root.getClass().getSimpleName() + ": " + line;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof RunException)) {
      root = root.getCause();
    }
    return root;
  }
}
