package org.finegrain.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** A sentence in the Spark UI for all that a part of a job starts. */
final class JobGroup {
  private final SparkContext context;
  private final String sentence;

  private JobGroup(SparkContext context, String sentence) {
    this.context = context;
    this.sentence = sentence;
  }

  static JobGroup of(SparkSession spark, String sentence) {
    return new JobGroup(spark.sparkContext(), sentence);
  }

  <T> T run(Callable<T> work) throws Exception {
    context.setJobDescription(sentence);
    try {
      return work.call();
    } finally {
      context.setJobDescription(null);
    }
  }
}
