package org.finegrain.train;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.finegrain.image.ImageEncoder;
import org.finegrain.image.RgbImage;
import org.finegrain.ingest.StoredSample;
import org.finegrain.storage.Checksums;

/**
 * Draws samples to measure on where there is no dataset: stripes of two colours with noise, as
 * JPEG, a third wider than high.
 *
 * @param shortSide the height, in pixels
 * @param classes the number of classes, which the samples belong to in turn
 */
record SyntheticSamples(int shortSide, int classes, long seed) {
  private static final double QUALITY = 0.9;
  private static final int NOISE = 24; // levels

  List<StoredSample> draw(int count) {
    return IntStream.range(0, count).mapToObj(this::drawOne).toList();
  }

  private StoredSample drawOne(int number) {
    SplittableRandom random = new SplittableRandom(seed + number);
    int width = shortSide + shortSide / 3;
    byte[] pixels = new byte[3 * width * shortSide];
    int[] levels = random.ints(6, 0, 256 - NOISE).toArray();
    int stripe = random.nextInt(4, 40);
    for (int i = 0; i < pixels.length; i++) {
      int colour = (i / 3 % width / stripe) % 2;
      pixels[i] = (byte) (levels[3 * colour + i % 3] + random.nextInt(NOISE));
    }
    byte[] jpeg = ImageEncoder.jpeg(new RgbImage(width, shortSide, pixels), QUALITY);
    int label = number % classes;
    return new StoredSample(
        Integer.toString(number), label, "class " + label, jpeg, Checksums.sha256(jpeg));
  }
}
