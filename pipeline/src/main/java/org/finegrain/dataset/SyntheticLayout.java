package org.finegrain.dataset;

import java.io.IOException;
import org.finegrain.storage.Folder;

/** Writes a synthetic dataset as the publishers of the original would have. */
interface SyntheticLayout {
  void write(Folder folder, SyntheticPlan plan) throws IOException;
}
