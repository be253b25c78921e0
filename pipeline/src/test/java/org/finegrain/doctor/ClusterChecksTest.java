package org.finegrain.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkConf;
import org.finegrain.bigdl.EngineKind;
import org.finegrain.bigdl.Topology;
import org.finegrain.doctor.Finding.Verdict;
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
    assertThat(new BatchSplit(List.of(12, 12), THREE).examine())
        .isEqualTo(Finding.ok("12 over 3 replicas (3 executors of 4 cores)"));
    Finding failed = new BatchSplit(List.of(2), THREE).examine();
    assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(failed.text()).contains("Cannot split batch 2 over 3 replicas", "at least 3");
  }

  @Test
  void aSweepGoesOnWithTheTrialsThatCan() {
    Finding finding = new BatchSplit(List.of(12, 2), THREE).examine();
    assertThat(finding.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(finding.text())
        .contains("Cannot split batch 2")
        .endsWith("these trials will fail, the others run");
  }
}
