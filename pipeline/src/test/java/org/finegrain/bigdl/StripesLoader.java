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

/**
 * A dataset that a small network learns in seconds: images of noise with a bright horizontal
 * stripe, whose place is the class.
 *
 * @param classes the number of classes
 * @param imageSize the height and width of the images, in pixels
 */
record StripesLoader(int classes, int imageSize) implements SampleLoader<Integer> {

  /**
   * Returns a dataset in which sample {@code i} has class {@code i % classes}. Its partitions do
   * not follow the order of the samples.
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
