package org.finegrain.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the whole messages that a user reads. {@code DIR} stands for the folder of the files. */
class ConfigFaultTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("a.conf");
  }

  @Test
  void badValuesOfTheSchedulerAreRefusedInASentenceEach() {
    assertThatThrownBy(
            () ->
                ExperimentConfig.load(
                    List.of(),
                    List.of(
                        "sweep.scheduler=best",
                        "sweep.halving.reduction=1",
                        "sweep.halving.min-epochs=0",
                        "sweep.median.min-epochs=0.5",
                        "sweep.median.interval=0",
                        "sweep.median.min-settings=none")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "sweep.scheduler = best: must be one of all, halving, median",
            "sweep.halving.reduction = 1: must be at least 2",
            "sweep.halving.min-epochs = 0: must be at least 1",
            "sweep.median.min-epochs = 0.5: must be a whole number",
            "sweep.median.interval = 0: must be at least 1",
            "sweep.median.min-settings = none: must be a whole number");
  }

  @Test
  void reportsAllFaultsAtOnceWithTheirPlaces() {
    assertFaults(
        """
        train {
          epochs = 0
          optimizer { learning-rate = -0.01
                      momentm = 0.9 }
        }
        model.depth = 19
        """,
        List.of("train.batch-size=many"),
        """
        5 faults in the configuration
          --set         train.batch-size = many: must be a whole number
          DIR/a.conf:2  train.epochs = 0: must be at least 1
          DIR/a.conf:3  train.optimizer.learning-rate = -0.01: must be above 0
          DIR/a.conf:4  train.optimizer.momentm: unknown key, did you mean momentum?
          DIR/a.conf:6  model.depth = 19: must be one of 18, 34, 50, 101, 152""");
  }

  @Test
  void aProjectionHasNoMoreChannelsForAClassThanTheFeatureMapHas() {
    assertFaults(
        "loss.eta = 9999",
        List.of("model.width=8"),
        """
        1 fault in the configuration
          DIR/a.conf:1  loss.eta = 9999: must be at most 256, the channels of the last feature map with model.width = 8""");
  }

  @Test
  void neverRepeatsWhatMayBeSecret() {
    assertFaults(
        """
        tracking.mlflow = "http://me:hunter2@host:5000"
        tracking.password = hunter2
        s3.secret-key = { a = hunter2 }
        """,
        List.of("cluster.api-token hunter2", "=hunter2", "my secret[=hunter2"),
        """
        3 faults in the configuration
          --set  cluster.api-token…: must be key=value
          --set  …: must be key=value
          --set  my secret[ = (not shown): is not a key, which is one or more names joined by dots""");
    assertFaults(
        """
        tracking.mlflow = "http://me:hunter2@host:5000"
        tracking.password = hunter2
        s3.secret-key = { a = hunter2 }
        """,
        List.of(),
        """
        3 faults in the configuration
          DIR/a.conf:1  tracking.mlflow = http://…@host:5000: must be an address such as http://127.0.0.1:5000, without a user, or none
          DIR/a.conf:2  tracking.password: unknown key, tracking knows experiment, mlflow
          DIR/a.conf:3  s3: unknown key, known are augmentation, cluster, dataset, evaluation, ingest, loss, model, seed, sweep, synthetic, tracking, train""");
    assertFaults(
        "tracking.password = hunter2 : hunter2 }",
        List.of(),
        """
        1 fault in the configuration
          DIR/a.conf:1  is not HOCON; as this line may hold a secret, what is wrong in it is not shown""");
  }

  @Test
  void aDurationHasItsUnit() {
    assertFaults(
        """
        train.max-duration = 8
        train.recovery.step-timeout = none
        """,
        List.of("evaluation.test-time-augmentation=five-crop", "train.early-stopping.patience=-1"),
        """
        4 faults in the configuration
          --set         train.early-stopping.patience = -1: must be at least 0
          --set         evaluation.test-time-augmentation = five-crop: must be one of none, flip, ten-crop
          DIR/a.conf:1  train.max-duration = 8: must be a duration such as 90m or 8h, or none
          DIR/a.conf:2  train.recovery.step-timeout = none: must be a duration such as 90m or 8h""");
  }

  @Test
  void namesTheNearestKeyWhereverItIs() {
    assertFaults(
        """
        sed = 1
        train.learning-rate = 0.1
        loss.temperature = 2
        optimiser { momentum = 0.9 }
        """,
        List.of(),
        """
        4 faults in the configuration
          DIR/a.conf:1  sed: unknown key, did you mean seed?
          DIR/a.conf:2  train.learning-rate: unknown key, did you mean train.optimizer.learning-rate?
          DIR/a.conf:3  loss.temperature: unknown key, loss knows center-alpha, center-weight, eta, kind, label-smoothing, lambda, mu
          DIR/a.conf:4  optimiser: unknown key, did you mean train.optimizer?""");
  }

  @Test
  void namesAllowedValuesAndRanges() {
    assertFaults(
        """
        dataset = birds
        ingest.validation-fraction = 1
        augmentation.mean = [0.5, 0.5]
        augmentation.flip = 1.5
        model.attention { k = 4, bias = maybe }
        loss { kind = ce-cc, eta = 0 }
        train = 5
        sweep { seeds = [1, 1], datasets = [cub, birds] }
        synthetic.classes = 2.5, cluster.master = [], tracking.mlflow = "http://me:secret@host"
        """,
        List.of(),
        """
        14 faults in the configuration
          DIR/a.conf:1  dataset = birds: must be one of cub, aircraft, cars, dogs
          DIR/a.conf:2  ingest.validation-fraction = 1: must be at least 0 and below 1
          DIR/a.conf:3  augmentation.mean = [0.5,0.5]: must be a list of 3 numbers from 0 to 1
          DIR/a.conf:4  augmentation.flip = 1.5: must be from 0 to 1
          DIR/a.conf:5  model.attention.k = 4: must be an odd whole number from 1, or auto
          DIR/a.conf:5  model.attention.bias = maybe: must be true or false
          DIR/a.conf:6  loss.kind = ce-cc: must be one of ce, ce+cc, ce+center, ce+cc+center
          DIR/a.conf:6  loss.eta = 0: must be a whole number from 1, or auto
          DIR/a.conf:7  train = 5: must be a section, { … }
          DIR/a.conf:8  sweep.datasets = ["cub","birds"]: must be a list of cub, aircraft, cars, dogs, none of them twice
          DIR/a.conf:8  sweep.seeds = [1,1]: must be a list of one or more whole numbers from 0, none of them twice
          DIR/a.conf:9  synthetic.classes = 2.5: must be a whole number
          DIR/a.conf:9  cluster.master = []: must be text
          DIR/a.conf:9  tracking.mlflow = http://…@host: must be an address such as http://127.0.0.1:5000, without a user, or none\
        """);
  }

  @Test
  void checksRulesBetweenKeys() {
    assertFaults(
        """
        augmentation { image-size = 448
          min-scale = 0.9, max-scale = 0.8 }
        train.schedule.end-learning-rate = 0.1
        train { optimizer { momentum = 0, nesterov = true }
          epochs = 5, schedule.warm-up.epochs = 5 }
        """,
        List.of(),
        """
        5 faults in the configuration
          DIR/a.conf:1  augmentation.evaluation-short-side = 256: must be at least augmentation.image-size = 448
          DIR/a.conf:2  augmentation.min-scale = 0.9: must be at most augmentation.max-scale = 0.8
          DIR/a.conf:3  train.schedule.end-learning-rate = 0.1: must be at most train.optimizer.learning-rate = 0.0001
          DIR/a.conf:4  train.optimizer.nesterov = true: needs momentum above 0, not train.optimizer.momentum = 0
          DIR/a.conf:5  train.schedule.warm-up.epochs = 5: must be below train.epochs = 5\
        """);
  }

  @Test
  void checksEveryValueOfEveryAxis() {
    assertFaults(
        """
        sweep.axes {
          "model.attention.k" = [3, 4]
          loss.etta = [2]
          seed = [1, 2]
          train.batch-size = 8
          cluster.master = [local]
          loss.mu = [0.1, 0.1]
        }
        """,
        List.of(),
        """
        6 faults in the configuration
          DIR/a.conf:2  sweep.axes.model.attention.k = [3,4]: 4 must be an odd whole number from 1, or auto
          DIR/a.conf:3  sweep.axes.loss.etta = [2]: must be a key that changes a result, did you mean loss.eta?
          DIR/a.conf:4  sweep.axes.seed = [1,2]: cannot be an axis, write sweep.seeds
          DIR/a.conf:5  sweep.axes.train.batch-size = 8: must be a list of one or more values, or a range { from, to, steps }
          DIR/a.conf:6  sweep.axes.cluster.master = ["local"]: must be a key that changes a result, see conf/reference.conf
          DIR/a.conf:7  sweep.axes.loss.mu = [0.1,0.1]: must hold no value twice""");
  }

  @Test
  void saysWhatCannotBeReadAndWhere() {
    assertFaults(
        """
        seed = 2
        include "base/nothing.conf"
        """,
        List.of("train.epochs", "a..b=1"),
        """
        3 faults in the configuration
          --set         train.epochs: must be key=value
          --set         a..b = 1: is not a key, which is one or more names joined by dots
          DIR/a.conf:2  cannot find the included file; looked for DIR/base/nothing.conf, jar:conf/base/nothing.conf\
        """);
  }

  @Test
  void saysWhereAFileIsNotHocon() {
    assertFaults(
        """
        seed = 2
        train { epochs = 3 ]
        """,
        List.of(),
        """
        1 fault in the configuration
          DIR/a.conf:2  is not HOCON: Expecting close brace } or a comma, got ']'""");
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThatThrownBy(() -> ExperimentConfig.load(List.of("no/such.conf"), List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            1 fault in the configuration
              no/such.conf  cannot find this file""");
  }

  @Test
  void saysThatAFileIncludesItself() {
    assertFaults(
        "include \"a.conf\"\n",
        List.of(),
        """
        1 fault in the configuration
          DIR/a.conf:1  includes itself: DIR/a.conf""");
  }

  @Test
  void aNumberThatIsTooLargeIsShownAsWritten() {
    assertFaults(
        "train.optimizer.learning-rate = 1e400\n",
        List.of("seed=1e400", "sweep.axes.\"loss.mu\"=[1e400]"),
        """
        3 faults in the configuration
          --set         seed = 1e400: must be a whole number of at most 9223372036854775807
          --set         sweep.axes.loss.mu = [Infinity]: 1e400 must be a number
          DIR/a.conf:1  train.optimizer.learning-rate = 1e400: must be a number""");
  }

  @Test
  void saysWhichOverrideIsWrong() {
    assertThatThrownBy(
            () ->
                ExperimentConfig.DEFAULTS.withOverrides(
                    Map.of("loss.eta", "-1", "augmentation.image-size", "512")))
        .hasMessage(
            """
            2 faults in the configuration
              override  augmentation.evaluation-short-side = 256: must be at least augmentation.image-size = 512
              override  loss.eta = -1: must be a whole number from 1, or auto\
            """);
  }

  private void assertFaults(String text, List<String> settings, String message) {
    String dir = folder.toString();
    String expected =
        message
            .replace(
                "--set   ", "--set" + " ".repeat(dir.length())) // keeps the width of the column
            .replace("DIR", dir);
    assertThatThrownBy(
            () -> {
              Files.writeString(file, text);
              ExperimentConfig.load(List.of(file.toString()), settings);
            })
        .isInstanceOf(ConfigException.class)
        .hasMessage(expected);
  }
}
