package org.finegrain.ingest;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.finegrain.dataset.Split;

/** An ingested dataset, opened for reading. */
public interface IngestedDataset {
  String name();

  List<String> classNames();

  /** Hex SHA-256 over the parts: equal fingerprints mean equal rows. */
  String fingerprint();

  long count(Split split);

  /** The rows of a split, in the order of the shards. */
  JavaRDD<StoredSample> samples(Split split);
}
