package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.feature.dataset.MiniBatch;
import com.intel.analytics.bigdl.dllib.feature.dataset.MiniBatch$;

/** An executor's part of a batch: images (N,3,H,W) and their {@link TrainingTarget}. */
final class Batch {
  private final float[] pixels;
  private final float[] target;
  private final int pixelsPerSample;
  private final MiniBatch<Object> miniBatch;
  private StepPosition position;

  Batch(int samples, int imageSize) {
    pixelsPerSample = 3 * imageSize * imageSize;
    pixels = new float[Math.multiplyExact(samples, pixelsPerSample)];
    target = new float[samples * TrainingTarget.COLUMNS];
    miniBatch =
        MiniBatch$.MODULE$.apply(
            BigDl.tensor(pixels, samples, 3, imageSize, imageSize),
            BigDl.tensor(target, samples, TrainingTarget.COLUMNS),
            BigDl.FLOAT);
  }

  <S> void write(int row, SampleLoader<S> loader, S sample, int epoch, long step) {
    loader.load(sample, epoch, pixels, row * pixelsPerSample);
    TrainingTarget.write(target, row, loader.label(sample), step);
  }

  Batch at(StepPosition where) {
    position = where;
    return this;
  }

  boolean holds(StepPosition where) {
    return where.equals(position);
  }

  /**
   * @param labels of the whole batch, over all replicas; empty where the loss does not ask
   */
  Batch within(int[] labels) {
    TrainingTarget.writeCounts(target, labels);
    return this;
  }

  MiniBatch<Object> miniBatch() {
    return miniBatch;
  }
}
