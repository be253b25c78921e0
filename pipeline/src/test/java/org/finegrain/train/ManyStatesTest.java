package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.finegrain.process.JavaProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyStatesTest {
  @TempDir private Path temporary;

  /** The states of all trials at once would take six times the heap. */
  @Test
  void theStatesOfManyTrialsFitASmallHeap() throws Exception {
    int parameters = 1 << 20; // 8 MiB with momentum
    try (JavaProcess process =
        JavaProcess.start(
            temporary,
            ManyStates.class,
            List.of("-Xmx80m"),
            List.of(temporary.toString(), "64", Integer.toString(parameters)))) {
      assertThat(process.exitCode()).as(process.err()).isZero();
    }
  }
}
