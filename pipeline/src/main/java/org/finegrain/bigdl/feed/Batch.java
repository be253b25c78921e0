package org.finegrain.bigdl.feed;

import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import org.finegrain.bigdl.criterion.TrainingTarget;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.engine.SampleLoader;

/** An executor's part of a batch: N images and their {@link TrainingTarget}. */
public final class Batch {
  private final float[] pixels;
  private final float[] targets;
  private final int pixelsPerSample;
  private final Tensor<Object> images;
  private final Tensor<Object> target;

  Batch(int samples, int imageSize) {
    pixelsPerSample = 3 * imageSize * imageSize;
    pixels = new float[Math.multiplyExact(samples, pixelsPerSample)];
    targets = new float[samples * TrainingTarget.COLUMNS];
    images = BigDl.tensor(pixels, samples, 3, imageSize, imageSize);
    target = BigDl.tensor(targets, samples, TrainingTarget.COLUMNS);
  }

  /** Loads a sample into row {@code row} of the images and of the target. */
  <S> void write(int row, SampleLoader<S> loader, S sample, int epoch, long step) {
    loader.load(sample, epoch, pixels, row * pixelsPerSample);
    TrainingTarget.write(targets, row, loader.label(sample), step);
  }

  /**
   * Adds to the target how often each class occurs in the whole batch, and returns this batch.
   *
   * @param labels of the whole batch, over all executors; empty where the loss does not need them
   */
  public Batch withBatchLabels(int[] labels) {
    TrainingTarget.writeCounts(targets, labels);
    return this;
  }

  /** Returns the images, (N,3,H,W). */
  public Tensor<Object> images() {
    return images;
  }

  /** Returns the target, which {@link TrainingTarget} describes. */
  public Tensor<Object> target() {
    return target;
  }
}
