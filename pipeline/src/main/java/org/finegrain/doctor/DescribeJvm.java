package org.finegrain.doctor;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Describes the process that it runs in; runs on executors. */
final class DescribeJvm implements FlatMapFunction<Iterator<Integer>, Jvm> {
  private static final int HOLD_MILLIS = 200;

  @Override
  public Iterator<Jvm> call(Iterator<Integer> ignored) throws InterruptedException {
    Jvm jvm = Jvm.current();
    // Holds its core for a moment, so that the next task goes to another executor.
    TimeUnit.MILLISECONDS.sleep(HOLD_MILLIS);
    return List.of(jvm).iterator();
  }
}
