package org.finegrain.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.doctor.Finding.Verdict;
import org.finegrain.engine.EngineKind;
import org.finegrain.engine.Topology;
import org.junit.jupiter.api.Test;

class ClusterChecksTest {
  private static final Topology THREE = new Topology(EngineKind.MKL_DNN, 3, 4);

  @Test
  void executorsMustStay() {
    SparkConf conf =
        new SparkConf(false)
            .setMaster("spark://host:7077")
            .set("spark.executor.cores", "4")
            .set("spark.cores.max", "8");
    assertThat(new FixedExecutors(conf).examine())
        .isEqualTo(Finding.ok("spark://host:7077, no dynamic allocation, no speculation"));
    conf.set("spark.speculation", "true").remove("spark.cores.max");
    Finding finding = new FixedExecutors(conf).examine();
    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.text())
        .contains("without spark.cores.max", "Cannot train with spark.speculation=true");
  }

  @Test
  void everyReplicaNeedsASample() {
    assertThat(examine(12, 12))
        .isEqualTo(Finding.ok("12 over 3 replicas (3 executors of 4 cores)"));
    Finding failed = examine(2, 2);
    assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(failed.text()).containsOnlyOnce("Cannot split a batch of 2 samples over 3 replicas");
    assertThat(failed.text()).contains("at least 3");
  }

  @Test
  void aSweepGoesOnWithTheTrialsThatCan() {
    Finding finding = examine(12, 2);
    assertThat(finding.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(finding.text())
        .contains("Cannot split a batch of 2 samples")
        .endsWith("these trials will fail; the others run");
  }

  private static Finding examine(int... batchSizes) {
    List<ExperimentConfig> experiments =
        Arrays.stream(batchSizes)
            .mapToObj(size -> Map.of("train.batch-size", Integer.toString(size)))
            .map(ExperimentConfig.DEFAULTS::withOverrides)
            .toList();
    return new BatchSplit(experiments, new VerifiedData(List.of(), List.of()), THREE).examine();
  }
}
