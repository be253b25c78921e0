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
 * The datasets of the planned work, read once by the executors and compared with their manifests.
 *
 * @param datasets the datasets that are what their manifests say
 * @param faults a sentence for each of the other datasets
 */
record VerifiedData(List<IngestedDataset> datasets, List<String> faults) {
  /** Reads and verifies the ingested dataset at each of {@code locations}. */
  static VerifiedData of(SparkSession spark, List<String> locations) {
    List<IngestedDataset> datasets = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (String location : locations) {
      try {
        IngestedDataset dataset = IngestedDataset.open(spark, location);
        dataset.verify();
        datasets.add(dataset);
      } catch (DataException | IOException e) {
        faults.add(e.getMessage());
      } catch (RuntimeException e) { // thrown by Spark when an executor cannot read
        faults.add(
            String.format(
                Locale.ROOT,
                "Cannot read %s on the executors, %s: check that every host can reach it",
                location,
                e.getMessage()));
      }
    }
    return new VerifiedData(datasets, faults);
  }

  /** Returns whether the planned work names no data. */
  boolean isEmpty() {
    return datasets.isEmpty() && faults.isEmpty();
  }

  /** Returns the dataset of an experiment; empty if it is not known, or not what it should be. */
  Optional<IngestedDataset> of(ExperimentConfig experiment) {
    return datasets.size() == 1 && faults.isEmpty()
        ? Optional.of(datasets.get(0))
        : datasets.stream()
            .filter(dataset -> dataset.name().equals(experiment.dataset()))
            .findFirst();
  }
}
