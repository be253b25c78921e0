package org.finegrain.dataset;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A box that cannot be used. Its image is part of the dataset, but without a box.
 *
 * @param path the path of the image, relative to the original dataset's root
 * @param reason why it cannot be used, as text for a report
 */
public record BadBox(String path, String reason) implements Serializable, Comparable<BadBox> {
  @Override
  public int compareTo(BadBox other) {
    return Comparator.comparing(BadBox::path).thenComparing(BadBox::reason).compare(this, other);
  }

  @Override
  public String toString() {
    return InvisibleCharacters.escape(path + ": " + reason);
  }
}
