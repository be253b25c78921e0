package org.finegrain.doctor;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExecutorsPerTrial;

/** Checks that the executors can be taken in groups, each of which trains a trial of its own. */
record Groups(SparkConf conf, ExecutorsPerTrial executors) implements Check {
  @Override
  public String name() {
    return "groups";
  }

  @Override
  public Finding examine() {
    int all = TrainingEngine.topology(conf).executors();
    try {
      int each = TrainingEngine.topology(conf, executors.number()).executors();
      return Finding.ok(
          all == each
              ? "all executors train one trial at a time"
              : String.format(
                  Locale.ROOT, "%d trials at a time, on %d executors each", all / each, each));
    } catch (IllegalStateException e) {
      return Finding.failed(e.getMessage());
    }
  }
}
