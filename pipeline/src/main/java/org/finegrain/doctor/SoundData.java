package org.finegrain.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.DataException;
import org.finegrain.ingest.IngestedDataset;

/**
 * The ingested datasets that every part of is what the manifest says, as the executors read it.
 *
 * @param faults of the others, a sentence each
 */
record SoundData(List<IngestedDataset> datasets, List<String> faults) {
  /** Reads each dataset once. */
  static SoundData of(SparkSession spark, List<String> locations) {
    List<IngestedDataset> datasets = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (String location : locations) {
      try {
        IngestedDataset dataset = IngestedDataset.open(spark, location);
        dataset.verify();
        datasets.add(dataset);
      } catch (DataException | IOException e) {
        faults.add(e.getMessage());
      } catch (RuntimeException e) { // Spark's, of executors that cannot read
        faults.add(
            String.format(
                Locale.ROOT,
                "Cannot read %s on the executors, %s: can every host reach it?",
                location,
                e.getMessage()));
      }
    }
    return new SoundData(datasets, faults);
  }

  /** Returns whether nobody has named any data. */
  boolean isEmpty() {
    return datasets.isEmpty() && faults.isEmpty();
  }

  /** Returns what an experiment is to be trained on; empty if that is not known, or not sound. */
  Optional<IngestedDataset> of(ExperimentConfig experiment) {
    return datasets.size() == 1 && faults.isEmpty()
        ? Optional.of(datasets.get(0))
        : datasets.stream()
            .filter(dataset -> dataset.name().equals(experiment.dataset()))
            .findFirst();
  }
}
