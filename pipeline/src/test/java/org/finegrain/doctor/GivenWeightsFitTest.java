package org.finegrain.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.doctor.Finding.Verdict;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.ResNet;
import org.finegrain.model.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests with the weights of a network for seven classes that was trained with CC-Loss. */
class GivenWeightsFitTest {
  private static final ExperimentConfig SMALL =
      ExperimentConfig.DEFAULTS.withOverrides(
          Map.of("model.depth", "18", "model.width", "4", "loss.eta", "2"));

  @TempDir Path folder;
  private ExperimentConfig given;

  @BeforeEach
  void write() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      Safetensors.write(InitialWeights.of(ResNet.of(SMALL.model(), 7, SMALL.loss()), 1), out);
    }
    given = SMALL.withOverrides(Map.of("model.weights.path", file.toString()));
  }

  @Test
  void saysWhatStaysRandomAndWhatIsNotUsed() {
    assertThat(examine(given).text()).endsWith("weights.safetensors, random: nothing");
    Finding ofAnotherLoss = examine(given.withOverrides(Map.of("loss.kind", "ce")));
    assertThat(ofAnotherLoss.verdict()).isEqualTo(Verdict.OK);
    assertThat(ofAnotherLoss.text())
        .endsWith("random: nothing; not used, of another loss: cc.projection");
  }

  @Test
  void weightsOfAnotherNetworkFail() {
    Finding deeper = examine(given.withOverrides(Map.of("model.depth", "34")));
    assertThat(deeper.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(deeper.text())
        .startsWith("Cannot start from the weights model.weights.path = ")
        .contains("it lacks layer1.2.conv1.weight");
  }

  @Test
  void aMissingFileAndAnotherHashFail() {
    assertThat(examine(given.withOverrides(Map.of("model.weights.path", "none.safetensors"))))
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
              assertThat(finding.text()).contains("none.safetensors");
            });
    assertThat(examine(given.withOverrides(Map.of("model.weights.sha256", "a".repeat(64)))).text())
        .contains("(must be aaaa", "as model.weights.sha256 says)");
  }

  @Test
  void aFaultInSomeTrialsIsAWarning() {
    Finding finding = examine(SMALL, given.withOverrides(Map.of("model.width", "8")), given);
    assertThat(finding.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(finding.text()).endsWith("these trials will fail; the others run");
  }

  private static Finding examine(ExperimentConfig... experiments) {
    return new GivenWeightsFit(
            List.of(experiments), new VerifiedData(List.of(), List.of()), new Configuration(false))
        .examine();
  }
}
