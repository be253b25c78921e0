package org.finegrain.train;

import java.util.Locale;
import org.apache.spark.SparkContext;

/**
 * The description that the Spark UI shows of the jobs of a run.
 *
 * @param runId the run that the jobs belong to
 */
record JobDescription(SparkContext spark, String runId) {
  /** Describes the following jobs of this thread by what the run does now. */
  void set(String activity) {
    spark.setJobDescription(String.format(Locale.ROOT, "train %s %s", runId, activity));
  }

  /** Describes the following jobs of this thread by nothing. */
  void clear() {
    spark.setJobDescription(null);
  }
}
