package org.finegrain.dataset;

import java.io.IOException;
import org.finegrain.storage.Folder;

/** A writer of synthetic datasets in the layout of one original dataset. */
interface SyntheticLayout {
  /** Writes the dataset into an empty folder. */
  void write(Folder folder, SyntheticPlan plan) throws IOException;
}
