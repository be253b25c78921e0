package org.finegrain.engine;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** A sample could not be turned into network input. */
public final class SampleLoadingException extends RuntimeException {
  private SampleLoadingException(String message, Throwable cause) {
    super(message + ": " + Objects.requireNonNullElse(cause.getMessage(), cause.toString()), cause);
  }

  public static SampleLoadingException inEpoch(int epoch, String id, Throwable cause) {
    return new SampleLoadingException(
        String.format(Locale.ROOT, "Cannot load sample %s for epoch %d", id, epoch + 1), cause);
  }

  public static SampleLoadingException whileScoring(String id, Throwable cause) {
    return new SampleLoadingException("Cannot load sample " + id, cause);
  }

  /** Looks for one behind Spark's exceptions, which wrap those of executors. */
  public static Optional<SampleLoadingException> behind(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SampleLoadingException failure) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }
}
