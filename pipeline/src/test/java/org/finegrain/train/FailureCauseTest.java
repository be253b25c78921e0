package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.spark.SparkException;
import org.finegrain.dataset.DataException;
import org.finegrain.engine.DivergedException;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.TrainingFailedException;
import org.junit.jupiter.api.Test;

class FailureCauseTest {
  @Test
  void aLostExecutorAStoreAndFullMemoryAreWorthARetry() {
    Throwable lost = TrainingFailedException.whileSettingUp("executor 1 lost", null);
    assertCause(lost, FailureCause.CLUSTER, true);
    assertCause(new RunException("not replaced", lost), FailureCause.CLUSTER, true);
    assertCause(new SparkException("Job aborted"), FailureCause.CLUSTER, true);
    assertCause(new IOException("No space left on device"), FailureCause.STORAGE, true);
    assertCause(new OutOfMemoryError("Java heap space"), FailureCause.MEMORY, true);
    assertCause(
        TrainingFailedException.whileScoring(new OutOfMemoryError("Metaspace")),
        FailureCause.MEMORY,
        true);
  }

  @Test
  void dataAndSettingsStayWrong() {
    assertCause(new DataException("no such dataset"), FailureCause.DATA, false);
    assertCause(
        TrainingFailedException.whileScoring(
            SampleLoadingException.whileScoring("a.jpg", new IOException("not a JPEG"))),
        FailureCause.DATA,
        false);
    assertCause(new FileNotFoundException("part-0"), FailureCause.DATA, false);
    assertCause(
        new RunException("no whole checkpoint", new IOException("damaged")),
        FailureCause.CONFIGURATION,
        false);
  }

  @Test
  void anUnknownFailureIsExpectedToRepeat() {
    assertCause(new IllegalStateException("a fault of finegrain"), FailureCause.OTHER, false);
    assertCause(new DivergedException(0, 0, Double.NaN, 0.1), FailureCause.OTHER, false);
  }

  private static void assertCause(Throwable failure, FailureCause cause, boolean isWorthRetry) {
    assertThat(FailureCause.of(failure)).isEqualTo(cause);
    assertThat(cause.isWorthRetry()).isEqualTo(isWorthRetry);
  }
}
