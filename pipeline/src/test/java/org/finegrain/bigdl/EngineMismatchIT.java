package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.finegrain.bigdl.ToyTraining.Recorder;
import org.finegrain.cluster.StandaloneCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineMismatchIT {
  @TempDir private Path folder;

  @Test
  void refusesExecutorsWithAnotherEngineThanTheDrivers() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, 2, 1);
        EngineSession session = EngineSession.open(cluster.conf("mklblas"))) {
      assertThatThrownBy(
              () ->
                  new ToyTraining(session)
                      .train(ToyTraining.request(1), ToyTraining.start(), new Recorder()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("mkldnn on the driver and mklblas on executors")
          .hasMessageContaining("spark.executor.extraJavaOptions");
    }
  }
}
