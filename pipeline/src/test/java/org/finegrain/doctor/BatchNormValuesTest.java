package org.finegrain.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.doctor.Finding.Verdict;
import org.finegrain.engine.EngineKind;
import org.finegrain.engine.Topology;
import org.junit.jupiter.api.Test;

/** Tests on a ResNet-18, whose last stage has maps with 1/32 of the image's side. */
class BatchNormValuesTest {
  private static final ExperimentConfig SMALL =
      ExperimentConfig.DEFAULTS.withOverrides(
          Map.of("model.depth", "18", "augmentation.image-size", "32", "train.batch-size", "2"));

  @Test
  void oneImageOfOnePixelIsRefused() {
    Finding finding = examine(2, SMALL);
    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.text())
        .startsWith("layer4.0.bn1 sees a single value of each channel, a map of 1×1 of one image");
  }

  @Test
  void oneImageAtATimeIsRefused() {
    assertThat(examine(1, with("train.micro-batch-size", "1")).verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void moreImagesLargerMapsAndStoredStatisticsAreFine() {
    assertThat(examine(1, SMALL))
        .isEqualTo(Finding.ok("each layer sees several values of every channel"));
    assertThat(examine(2, with("augmentation.image-size", "33")).verdict()).isEqualTo(Verdict.OK);
    assertThat(examine(2, with("train.batch-norm-statistics", "stored")).verdict())
        .isEqualTo(Verdict.OK);
    assertThat(examine(2, with("train.freeze", "[layer4]")).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void aFaultInSomeTrialsIsAWarning() {
    Finding finding = examine(2, SMALL, with("train.batch-size", "4"));
    assertThat(finding.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(finding.text())
        .endsWith("these trials will learn nothing; the others are not affected");
  }

  private static ExperimentConfig with(String key, String value) {
    return SMALL.withOverrides(Map.of(key, value));
  }

  private static Finding examine(int replicas, ExperimentConfig... experiments) {
    return new BatchNormValues(List.of(experiments), new Topology(EngineKind.MKL_DNN, replicas, 1))
        .examine();
  }
}
