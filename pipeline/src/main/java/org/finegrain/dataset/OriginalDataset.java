package org.finegrain.dataset;

import java.util.List;

/**
 * What a reader found in an original layout.
 *
 * @param name short name: cub, aircraft, cars or dogs
 * @param classNames in label order
 * @param samples sorted by image id
 * @param bannerRows rows at the bottom of every image that are no part of the photograph
 * @param badBoxes sorted by path: boxes that the layout promises and that cannot be read
 */
public record OriginalDataset(
    String name,
    List<String> classNames,
    List<Sample> samples,
    int bannerRows,
    List<BadBox> badBoxes) {
  public long count(Split split) {
    return samples.stream().filter(sample -> sample.split() == split).count();
  }
}
