package org.finegrain.bigdl;

import java.util.Locale;

/** A sample could not be turned into network input. */
public final class SampleLoadingException extends RuntimeException {
  SampleLoadingException(String id, int epoch, Throwable cause) {
    super(
        String.format(Locale.ROOT, "Cannot load sample %s for epoch %d: %s", id, epoch + 1, cause),
        cause);
  }
}
