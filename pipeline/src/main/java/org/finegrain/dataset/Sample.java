package org.finegrain.dataset;

import java.io.Serializable;
import java.util.Optional;

/**
 * One image of a dataset with its label.
 *
 * @param imageId unique within the dataset
 * @param path of the image file, relative to the dataset's root folder
 * @param label from 0
 * @param box null where the layout has none: an Optional cannot travel to an executor
 */
public record Sample(String imageId, String path, int label, Split split, BoundingBox box)
    implements Serializable {
  public Optional<BoundingBox> boundingBox() {
    return Optional.ofNullable(box);
  }
}
