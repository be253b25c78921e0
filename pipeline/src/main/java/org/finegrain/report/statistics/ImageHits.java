package org.finegrain.report.statistics;

import java.util.BitSet;
import java.util.List;

/**
 * The images that the nets of one row predict right: one net for each seed, all on the same test
 * images in the same order.
 */
public final class ImageHits {
  private final int images;
  private final List<BitSet> bySeed;

  private ImageHits(int images, List<BitSet> bySeed) {
    this.images = images;
    this.bySeed = bySeed;
  }

  /**
   * Makes the hits of a row.
   *
   * @param bySeed for each seed, whether each image was predicted right
   * @throws IllegalArgumentException if there is no seed or no image, or if two seeds have
   *     different numbers of images
   */
  public static ImageHits of(List<boolean[]> bySeed) {
    int images = bySeed.isEmpty() ? 0 : bySeed.get(0).length;
    if (images == 0) {
      throw new IllegalArgumentException("Cannot count hits without a seed or without an image");
    }
    return new ImageHits(images, bySeed.stream().map(hits -> bits(hits, images)).toList());
  }

  /**
   * Makes the hits of a row.
   *
   * @param images the number of images
   * @param bySeed for each seed, a bit for each image that was predicted right
   * @throws IllegalArgumentException if there is no seed or no image
   */
  public static ImageHits of(int images, List<BitSet> bySeed) {
    if (images == 0 || bySeed.isEmpty()) {
      throw new IllegalArgumentException("Cannot count hits without a seed or without an image");
    }
    return new ImageHits(images, bySeed.stream().map(bits -> (BitSet) bits.clone()).toList());
  }

  private static BitSet bits(boolean[] hits, int images) {
    if (hits.length != images) {
      throw new IllegalArgumentException(
          "One seed has " + images + " images, another " + hits.length + ": score the same images");
    }
    BitSet bits = new BitSet(images);
    for (int image = 0; image < images; image++) {
      bits.set(image, hits[image]);
    }
    return bits;
  }

  /** Returns the number of images. */
  public int images() {
    return images;
  }

  /** Returns the number of seeds. */
  public int seeds() {
    return bySeed.size();
  }

  /** Returns whether the net of a seed predicts an image right. */
  boolean isHit(int seed, int image) {
    return bySeed.get(seed).get(image);
  }

  /** Returns the first image from {@code from} on that the net of a seed predicts right, or −1. */
  int nextHit(int seed, int from) {
    return bySeed.get(seed).nextSetBit(from);
  }

  /** Returns the number of seeds whose nets predict an image right. */
  int count(int image) {
    int count = 0;
    for (BitSet hits : bySeed) {
      count += hits.get(image) ? 1 : 0;
    }
    return count;
  }

  /** Returns the hits of each seed. */
  public List<Hits> hits() {
    return bySeed.stream().map(bits -> new Hits(bits.cardinality(), images)).toList();
  }

  /**
   * Checks that another row was scored on as many images.
   *
   * @throws IllegalArgumentException if it was not
   */
  void checkSameImages(ImageHits other) {
    if (images != other.images) {
      throw new IllegalArgumentException(
          "Cannot compare hits on " + images + " images with hits on " + other.images + " images");
    }
  }
}
