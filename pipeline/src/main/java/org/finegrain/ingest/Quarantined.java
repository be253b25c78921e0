package org.finegrain.ingest;

import java.io.Serializable;
import org.finegrain.dataset.InvisibleCharacters;

/**
 * An image that a dataset lists and that cannot be used.
 *
 * @param path relative to the original dataset's root
 * @param split folder of the split that it was listed in
 * @param reason for people
 */
public record Quarantined(String path, String split, String reason)
    implements Serializable, Comparable<Quarantined> {
  @Override
  public int compareTo(Quarantined other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return InvisibleCharacters.escape(path + ": " + reason);
  }
}
