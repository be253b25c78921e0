package org.finegrain.bigdl;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.engine.SampleLoader;
import org.finegrain.engine.TrainingData;
import org.finegrain.random.Purpose;
import org.finegrain.random.Seeds;

/** A toy dataset that is easily learned: noise, brighter in the stripes that tell the class. */
record StripesLoader(int classes, int imageSize) implements SampleLoader<Integer> {

  /**
   * Sample {@code i} has class {@code i % classes}; in partitions that say nothing of the order.
   */
  static TrainingData<Integer> data(JavaSparkContext spark, int samples, int classes, int size) {
    JavaRDD<Integer> numbers =
        spark.parallelize(IntStream.range(0, samples).boxed().toList(), 3).repartition(4);
    return new TrainingData<>(numbers, new StripesLoader(classes, size));
  }

  @Override
  public String id(Integer sample) {
    return String.format(Locale.ROOT, "stripes/%05d", sample);
  }

  @Override
  public int label(Integer sample) {
    return sample % classes;
  }

  @Override
  public void load(Integer sample, int epoch, float[] pixels, int offset) {
    SplittableRandom random = Seeds.random(7, Purpose.AUGMENT, id(sample), epoch);
    for (int i = 0; i < 3 * imageSize * imageSize; i++) {
      boolean bright = (i / imageSize % imageSize) * classes / imageSize == label(sample);
      pixels[offset + i] = (float) (random.nextDouble() - 0.5 + (bright ? 2 : 0));
    }
  }
}
