package org.finegrain.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.finegrain.dataset.DataException;
import org.finegrain.dataset.Split;
import org.finegrain.ingest.IngestedDataset;

/**
 * Every part is what its manifest says, as the executors read it.
 *
 * @param locations of ingested datasets, at least one
 */
record ReadableData(SparkSession spark, List<String> locations) implements Check {
  private static final int FINGERPRINT = 12;

  @Override
  public String name() {
    return "data";
  }

  @Override
  public Finding examine() {
    List<String> good = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (String location : locations) {
      try {
        IngestedDataset dataset = IngestedDataset.open(spark, location);
        dataset.verify();
        good.add(
            String.format(
                Locale.ROOT,
                "%s, %d train, %d val, %d test images, fingerprint %s",
                dataset.name(),
                dataset.count(Split.TRAIN),
                dataset.count(Split.VAL),
                dataset.count(Split.TEST),
                dataset.fingerprint().substring(0, FINGERPRINT)));
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
    String text = String.join("; ", faults);
    if (faults.isEmpty()) {
      return Finding.ok(String.join("; ", good));
    }
    return good.isEmpty()
        ? Finding.failed(text)
        : Finding.warning(text, "these trials will fail, the others run");
  }
}
