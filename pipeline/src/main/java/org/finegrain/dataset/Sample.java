package org.finegrain.dataset;

import java.io.Serializable;
import java.util.Optional;

/**
 * One image of a dataset with its label.
 *
 * @param imageId the image's id, unique within the dataset
 * @param path the path of the image file, relative to the dataset's root folder
 * @param label the label, from 0
 * @param split the split in the original layout
 * @param box the box, or null if there is none, because an Optional cannot be serialised for an
 *     executor
 */
public record Sample(String imageId, String path, int label, Split split, BoundingBox box)
    implements Serializable {
  /** Returns the box, if there is one. */
  public Optional<BoundingBox> boundingBox() {
    return Optional.ofNullable(box);
  }
}
