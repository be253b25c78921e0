package org.finegrain.train;

import java.io.IOException;
import java.util.List;

/** Several listeners as one, which are informed in their order. */
record RunListeners(List<RunListener> listeners) implements RunListener {
  @Override
  public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond)
      throws IOException {
    for (RunListener listener : listeners) {
      listener.stepEnded(step, loss, learningRate, imagesPerSecond);
    }
  }

  @Override
  public void gradientClipped(long step, double norm) throws IOException {
    for (RunListener listener : listeners) {
      listener.gradientClipped(step, norm);
    }
  }

  @Override
  public void epochEnded(EpochMetrics metrics) throws IOException {
    for (RunListener listener : listeners) {
      listener.epochEnded(metrics);
    }
  }

  @Override
  public void flush() throws IOException {
    for (RunListener listener : listeners) {
      listener.flush();
    }
  }

  @Override
  public void close() throws IOException {
    for (RunListener listener : listeners) {
      listener.close();
    }
  }
}
