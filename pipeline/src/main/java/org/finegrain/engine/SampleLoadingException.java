package org.finegrain.engine;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Thrown where a sample cannot be turned into the input of the network. */
public final class SampleLoadingException extends RuntimeException {
  private SampleLoadingException(String message, Throwable cause) {
    super(message + ": " + Objects.requireNonNullElse(cause.getMessage(), cause.toString()), cause);
  }

  /** Returns the exception of a sample in training. {@code epoch} counts from 0. */
  public static SampleLoadingException inEpoch(int epoch, String id, Throwable cause) {
    return new SampleLoadingException(
        String.format(Locale.ROOT, "Cannot load sample %s for epoch %d", id, epoch + 1), cause);
  }

  /** Returns the exception of a sample that was to be scored. */
  public static SampleLoadingException whileScoring(String id, Throwable cause) {
    return new SampleLoadingException("Cannot load sample " + id, cause);
  }

  /**
   * Returns the first exception of this type among {@code thrown} and its causes. Spark wraps what
   * executors throw.
   */
  public static Optional<SampleLoadingException> behind(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SampleLoadingException failure) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }
}
