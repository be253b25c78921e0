package org.finegrain.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.finegrain.config.ExperimentConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkKeyTest {
  /** Settings of a run that change its steps by a few percent at most, and those of no run. */
  private static final Pattern WITHOUT_EFFECT =
      Pattern.compile(
          String.join(
              "|",
              "seed|dataset|ingest\\..*|evaluation\\..*|sweep\\..*|synthetic\\..*|cluster\\..*",
              "tracking\\..*",
              "augmentation\\.(?!image-size).*",
              "model\\.(zero-init-residual|weights\\..*|attention\\.(k|bias|reduction))",
              "loss\\.(mu|lambda|label-smoothing|center-weight|center-alpha)",
              "train\\.(epochs|last-batch|evaluation-batch-size|keep-checkpoints|max-duration)",
              "train\\.(schedule|early-stopping|checkpoint|recovery)\\..*",
              "train\\.optimizer\\.(learning-rate|head-learning-rate-factor|scale-with-batch)",
              "train\\.optimizer\\.(weight-decay|decay-norm-and-bias|momentum|nesterov)",
              "train\\.optimizer\\.(beta1|beta2|epsilon)"));

  private static NetworkKey key(Map<String, String> settings) {
    return NetworkKey.of(ExperimentConfig.DEFAULTS.withOverrides(settings).identity());
  }

  @ParameterizedTest
  @CsvSource({
    "model.depth, 18",
    "model.width, 32",
    "model.dilate-last-stage, true",
    "model.attention.kind, se",
    "model.attention.placement, block",
    "model.attention.branches, channel",
    "augmentation.image-size, 192",
    "train.batch-size, 32",
    "train.micro-batch-size, 8",
    "train.gradient-compression, fp16",
    "train.optimizer.kind, adamw",
    "train.optimizer.clip-norm, 1",
    "train.ema-decay, 0.9",
    "train.freeze, [stem]",
    "train.batch-norm-statistics, stored",
    "loss.kind, ce",
    "loss.eta, 2",
  })
  void aSettingThatChangesTheStepMakesAnotherNetwork(String key, String value) {
    assertThat(key(Map.of(key, value))).isNotEqualTo(key(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "seed, 7",
    "dataset, dogs",
    "model.attention.k, 9",
    "model.zero-init-residual, true",
    "train.epochs, 3",
    "train.optimizer.learning-rate, 0.5",
    "train.early-stopping.patience, 5",
    "loss.mu, 0.5",
    "augmentation.flip, 0",
    "ingest.validation-fraction, 0.2",
    "evaluation.test-time-augmentation, flip",
  })
  void anyOtherSettingLeavesTheNetworkAsItIs(String key, String value) {
    assertThat(key(Map.of(key, value))).isEqualTo(key(Map.of()));
  }

  /** A new setting must be put into the key, or here. */
  @Test
  void everySettingOfARunIsInTheKeyOrHasNoEffect() {
    SortedSet<String> left = new TreeSet<>(ExperimentConfig.DEFAULTS.settings().keySet());
    for (String kind : List.of("none", "aam", "se", "eca", "cbam")) {
      left.removeAll(key(Map.of("model.attention.kind", kind)).settings().keySet());
    }
    left.removeIf(key -> WITHOUT_EFFECT.matcher(key).matches());
    assertThat(left).isEmpty();
  }

  @Test
  void whatANetworkDoesNotHaveDoesNotCount() {
    Map<String, String> none = Map.of("model.attention.kind", "none", "loss.kind", "ce");
    Map<String, String> more = new TreeMap<>(none);
    more.put("model.attention.placement", "block");
    more.put("loss.eta", "3");
    assertThat(key(more)).isEqualTo(key(none));
    assertThat(
            key(Map.of("train.optimizer.clip-norm", "1"))
                .settings()
                .get("train.optimizer.clip-norm"))
        .isEqualTo(
            key(Map.of("train.optimizer.clip-norm", "2"))
                .settings()
                .get("train.optimizer.clip-norm"));
  }

  @Test
  void aResultThatLacksAKeyHasItsDefault() {
    assertThat(NetworkKey.of(new TreeMap<>())).isEqualTo(key(Map.of()));
  }

  @Test
  void theTextNamesWhatIsUnusual() {
    assertThat(key(Map.of()).text()).isEqualTo("resnet50, aam (stage), ce+cc, 224 px, batch 16");
    assertThat(
            key(Map.of(
                    "model.depth", "18",
                    "model.width", "8",
                    "model.attention.kind", "none",
                    "loss.kind", "ce",
                    "train.ema-decay", "0.99"))
                .text())
        .isEqualTo("resnet18, ce, 224 px, batch 16, model.width = 8, train.ema-decay = on");
  }
}
