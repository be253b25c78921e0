package org.finegrain.bigdl;

/** A sample could not be turned into network input. */
public final class SampleLoadingException extends RuntimeException {
  SampleLoadingException(String id, int epoch, Throwable cause) {
    super("Cannot load sample %s for epoch %d: %s".formatted(id, epoch + 1, cause), cause);
  }
}
