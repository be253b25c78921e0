package org.finegrain.ingest;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** The text that the Spark UI shows for all jobs started inside {@link #run}. */
final class JobDescription {
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  private final SparkSession spark;
  private final String sentence;

  private JobDescription(SparkSession spark, String sentence) {
    this.spark = spark;
    this.sentence = sentence;
  }

  static JobDescription of(SparkSession spark, String sentence) {
    return new JobDescription(spark, sentence);
  }

  /** Does the work; the Spark UI shows the text for its jobs. */
  <T> T run(Work<T> work) throws IOException {
    spark.sparkContext().setJobDescription(sentence);
    try {
      return work.run();
    } finally {
      spark.sparkContext().setJobDescription(null);
    }
  }
}
