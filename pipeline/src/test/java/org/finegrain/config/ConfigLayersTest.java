package org.finegrain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLayersTest {
  @TempDir Path folder;

  /** Each key is set in one place more than the key before it. The highest place must win. */
  @Test
  void setOverLaterFileOverEarlierFileOverIncludeOverReference() throws IOException {
    write(
        "base/included.conf",
        "train { batch-size = 2, epochs = 2, evaluation-batch-size = 2, keep-checkpoints = 2 }");
    String earlier =
        write(
            "earlier.conf",
            """
            include "base/included.conf"
            train { epochs = 3, evaluation-batch-size = 3, keep-checkpoints = 3 }
            """);
    String later = write("later.conf", "train { evaluation-batch-size = 4, keep-checkpoints = 4 }");

    ResolvedConfig resolved =
        ResolvedConfig.load(
            List.of(earlier, later), List.of("train.keep-checkpoints=5"), ConfigFiles.local());

    TrainConfig train = resolved.config().train();
    assertThat(train.step().optimizer()).isEqualTo(OptimizerConfig.DEFAULTS);
    assertThat(train.step().batchSize()).isEqualTo(2);
    assertThat(train.epochs()).isEqualTo(3);
    assertThat(train.evaluationBatchSize()).isEqualTo(4);
    assertThat(train.interruption().keepCheckpoints()).isEqualTo(5);
    assertThat(resolved.origins())
        .containsEntry("train.optimizer.momentum", "default")
        .containsEntry("train.batch-size", folder + "/base/included.conf:1")
        .containsEntry("train.epochs", earlier + ":2")
        .containsEntry("train.evaluation-batch-size", later + ":1")
        .containsEntry("train.keep-checkpoints", "--set");
  }

  @Test
  void laterSettingsWin() {
    assertThat(set("seed=2", "seed=3").seed()).isEqualTo(3);
  }

  @Test
  void settingsNeedNoQuotes() {
    ExperimentConfig config =
        set(
            "loss.kind=ce",
            "cluster.master=local[2]",
            "sweep.axes.\"loss.kind\"=[ce, \"ce+cc\"]",
            "loss.eta=3",
            "model.attention.k = auto",
            "augmentation.mean=[0,0.5,1]");
    assertThat(config.loss().kind()).isEqualTo(LossConfig.Kind.CE);
    assertThat(set("loss.kind=ce+cc").loss().kind()).isEqualTo(LossConfig.Kind.CE_CC);
    assertThat(config.cluster().master()).isEqualTo("local[2]");
    assertThat(config.sweep().axes())
        .isEqualTo(Map.of("loss.kind", SweepAxis.of("loss.kind", List.of("ce", "ce+cc"))));
    assertThat(config.loss().eta()).isEqualTo(OptionalInt.of(3));
    assertThat(config.model().attention().k()).isEmpty();
    assertThat(config.augmentation().mean()).containsExactly(0.0, 0.5, 1.0);
  }

  @Test
  void includesFromTheJarIfNoFileIsBeside() throws IOException {
    String file = write("mine.conf", "include \"reference.conf\"\nseed = 9");
    assertThat(ExperimentConfig.load(List.of(file), List.of()))
        .isEqualTo(ExperimentConfig.DEFAULTS.withOverrides(Map.of("seed", "9")));
  }

  @Test
  void readsFromAnyStore() {
    Map<String, String> store =
        Map.of(
            "hdfs://host/conf/a.conf", "include \"../base/b.conf\"",
            "hdfs://host/base/b.conf", "seed = 4");
    ResolvedConfig resolved =
        ResolvedConfig.load(
            List.of("hdfs://host/conf/a.conf"),
            List.of(),
            location ->
                Optional.ofNullable(store.get(location))
                    .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    assertThat(resolved.config().seed()).isEqualTo(4);
    assertThat(resolved.origins()).containsEntry("seed", "hdfs://host/base/b.conf:1");
  }

  @Test
  void overridesKeepOtherValues() {
    ExperimentConfig config = set("train.epochs=3", "sweep.axes.loss.eta=[1, 2]");
    ExperimentConfig trial =
        config.withOverrides(Map.of("loss.eta", "2", "model.attention.k", "auto"));
    assertThat(trial)
        .isEqualTo(
            set(
                "train.epochs=3",
                "sweep.axes.loss.eta=[1, 2]",
                "loss.eta=2",
                "model.attention.k=auto"));
  }

  @Test
  void anAxisHasOneSpelling() {
    assertThat(
            ResolvedConfig.load(List.of(), List.of("sweep.axes.loss.mu=[0.1]"), ConfigFiles.local())
                .origins())
        .containsEntry("sweep.axes.\"loss.mu\"", "--set");
    assertThatThrownBy(() -> set("sweep.axes.\"loss.eta\"=[2]", "sweep.axes.loss.eta=[4]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(": must not stand twice, with quotes and without: use one form");
  }

  @Test
  void listsEveryKeyWithItsOrigin() {
    ResolvedConfig resolved =
        ResolvedConfig.load(List.of(), List.of("loss.mu=0.1"), ConfigFiles.local());
    assertThat(resolved.listing())
        .contains("loss.kind = \"ce+cc\"" + " ".repeat(41) + " # default\n")
        .contains("loss.mu = 0.1" + " ".repeat(47) + " # --set\n");
    assertThat(resolved.listing().lines())
        .isSorted()
        .hasSameSizeAs(ExperimentConfig.DEFAULTS.settings().keySet());
  }

  private static ExperimentConfig set(String... settings) {
    return ExperimentConfig.load(List.of(), List.of(settings));
  }

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }
}
