package org.finegrain.ingest;

import java.io.Serializable;
import org.finegrain.dataset.InvisibleCharacters;

/**
 * An image that a dataset lists, but that cannot be used.
 *
 * @param path the path of its file, relative to the original dataset's root
 * @param split the folder of the split in which it is listed
 * @param reason why it cannot be used, as text for a report
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
