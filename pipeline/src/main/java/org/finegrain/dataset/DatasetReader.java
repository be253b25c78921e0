package org.finegrain.dataset;

import java.io.IOException;
import org.finegrain.storage.Folder;

/** Reads the lists of one original layout; images are not opened. */
public interface DatasetReader {
  /**
   * @throws DataException if a file is missing, malformed, or contradicts another; names file and
   *     row
   */
  OriginalDataset read(Folder root) throws IOException;
}
