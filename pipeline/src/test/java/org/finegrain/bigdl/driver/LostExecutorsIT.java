package org.finegrain.bigdl.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.finegrain.bigdl.EngineSession;
import org.finegrain.bigdl.group.ExecutorGroup;
import org.junit.jupiter.api.Test;

class LostExecutorsIT {
  @Test
  void waitsForNewsOfALoss() {
    try (EngineSession session = EngineSession.open(new SparkConf())) {
      SparkContext spark = session.spark().sc();
      try (LostExecutors lost =
          LostExecutors.watch(
              ExecutorGroup.ofAll(session.spark(), session.engine().topology()).members())) {
        assertThat(lost.describe(Duration.ZERO)).isEmpty();
        CompletableFuture<Void> loss =
            CompletableFuture.runAsync(
                () ->
                    spark.listenerBus().post(new SparkListenerExecutorRemoved(1, "7", "killed\n")),
                CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
        assertThat(lost.describe(Duration.ofMinutes(1))).hasValue("executor 7 was lost (killed)");
        loss.join();
      }
    }
  }
}
