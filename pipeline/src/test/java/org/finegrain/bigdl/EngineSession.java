package org.finegrain.bigdl;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A Spark context with a started engine, for tests that train or score. */
public final class EngineSession implements AutoCloseable {
  private final TrainingEngine engine;

  private EngineSession(TrainingEngine engine) {
    this.engine = engine;
  }

  /** Opens a session with {@code conf}, on the master {@code local[2]} where it names none. */
  public static EngineSession open(SparkConf conf) {
    conf.setAppName("test").set("spark.ui.enabled", "false");
    conf.setIfMissing("spark.master", "local[2]");
    TrainingEngine.configure(conf);
    return new EngineSession(TrainingEngine.start(new JavaSparkContext(conf)));
  }

  /** Returns the engine. */
  public TrainingEngine engine() {
    return engine;
  }

  /** Returns the Spark context. */
  public JavaSparkContext spark() {
    return engine.spark();
  }

  /** Stops the Spark context. */
  @Override
  public void close() {
    engine.spark().close();
  }
}
