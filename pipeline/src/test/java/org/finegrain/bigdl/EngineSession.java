package org.finegrain.bigdl;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A Spark context with the engine, for a test class. */
public final class EngineSession implements AutoCloseable {
  private final TrainingEngine engine;

  private EngineSession(TrainingEngine engine) {
    this.engine = engine;
  }

  public static EngineSession open(SparkConf conf) {
    conf.setAppName("test").set("spark.ui.enabled", "false");
    conf.setIfMissing("spark.master", "local[2]");
    TrainingEngine.configure(conf);
    return new EngineSession(TrainingEngine.start(new JavaSparkContext(conf)));
  }

  public TrainingEngine engine() {
    return engine;
  }

  public JavaSparkContext spark() {
    return engine.spark();
  }

  @Override
  public void close() {
    engine.spark().close();
  }
}
