package org.finegrain.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.finegrain.config.SyntheticConfig;
import org.finegrain.random.Purpose;
import org.finegrain.random.Seeds;

/** The images of a synthetic dataset, before its layout gives them names. */
record SyntheticPlan(String dataset, SyntheticConfig config) {
  /**
   * One image to be drawn.
   *
   * @param kind the class, from 0
   * @param number the number within the class, from 1; train images come first
   * @param serial the number within the dataset, from 1
   */
  record Image(int kind, int number, int serial, Split split) {}

  /** Returns all images, class by class. */
  List<Image> images() {
    List<Image> images = new ArrayList<>();
    for (int kind = 0; kind < config.classes(); kind++) {
      for (int number = 1; number <= config.trainPerClass() + config.testPerClass(); number++) {
        Split split = number <= config.trainPerClass() ? Split.TRAIN : Split.TEST;
        images.add(new Image(kind, number, images.size() + 1, split));
      }
    }
    return images;
  }

  List<Image> images(Split split) {
    return images().stream().filter(image -> image.split() == split).toList();
  }

  SyntheticKind kind(int kind) {
    return SyntheticKind.of(kind);
  }

  SyntheticPicture draw(Image image, Silhouette silhouette) {
    String id = dataset + "/" + image.serial();
    SplittableRandom random = Seeds.random(config.seed(), Purpose.SYNTHESIZE, id);
    return SyntheticPicture.draw(silhouette, kind(image.kind()), config.imageSize(), random);
  }
}
