package org.finegrain.ingest;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.finegrain.storage.Folder;

/** The Parquet files of a dataset, read to see what they hold. */
interface Parts {
  /**
   * A row without its image.
   *
   * @param file the name of the row's part within the folder of its split
   * @param variant the number of the variant; -1 in a part that holds no variants
   * @param sha256 the SHA-256 of the image as hex
   */
  record StoredRow(
      String file, String imageId, int variant, int label, String sha256, String sourcePath) {}

  /** Returns the folder of the dataset. */
  Folder folder();

  /**
   * Returns the rows of parts that have one schema, in no particular order.
   *
   * @param paths the paths of the parts, relative to the folder
   */
  List<StoredRow> rows(List<String> paths) throws IOException;

  /** Returns the SHA-256 of each part's bytes as hex, by path. */
  Map<String, String> sha256(List<String> paths) throws IOException;
}
