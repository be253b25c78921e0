package org.finegrain.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.engine.EngineKind;
import org.finegrain.engine.Topology;
import org.finegrain.model.ParameterCount;
import org.finegrain.model.ResNet;
import org.finegrain.storage.Folder;
import org.finegrain.storage.SmallDisk;
import org.finegrain.sweep.Plan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the cost of three seeds of a small network: 105 train images, of which 10 steps of 10 are
 * made, 20 of validation and 30 of test.
 */
class SweepCostTest {
  private static final String NETWORK = "resnet18, ce, 32 px, batch 10, model.width = 8";

  @TempDir private Path temporary;
  private Folder data;
  private Folder sweep;

  @BeforeEach
  void ingest() throws IOException {
    data = Folder.at(temporary.resolve("data").toString(), new Configuration(false));
    sweep = Folder.at(temporary.resolve("sweep").toString(), new Configuration(false));
    data.write(
        "cub/_manifest.json",
        """
        {"format": 1, "dataset": "cub", "fingerprint": "f1", "classes": ["a", "b", "c", "d", "e"],
         "counts": {"train": {"images": 105}, "val": {"images": 20}, "test": {"images": 30}}}
        """);
  }

  private static ExperimentConfig experiment(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "sweep.seeds=[1,2,3]",
                "model.depth=18",
                "model.width=8",
                "model.attention.kind=none",
                "loss.kind=ce",
                "augmentation.image-size=32",
                "train.batch-size=10",
                "train.epochs=4"));
    all.addAll(List.of(settings));
    return ExperimentConfig.load(List.of(), all);
  }

  private CostRequest request(ExperimentConfig experiment, Folder... rates) {
    return new CostRequest(
        Plan.of("small", experiment),
        experiment,
        sweep,
        Optional.of(data),
        List.of(rates),
        "local[*]");
  }

  private SweepCost cost(ExperimentConfig experiment, Folder... rates) throws IOException {
    return SweepCost.of(request(experiment, rates));
  }

  private static void finish(Folder runs, Hardware hardware, double seconds, long... seeds)
      throws IOException {
    for (long seed : seeds) {
      new FinishedRuns(runs, hardware, seconds).write(experiment("seed=" + seed));
    }
  }

  @Test
  void countsTrialsEpochsAndImages() throws IOException {
    finish(sweep.folder("trials"), FinishedRuns.here(), 19, 1);

    assertThat(lines(cost(experiment())))
        .startsWith(
            " to do in all",
            "trials 2 3",
            "epochs 8 12",
            "images trained on 800 1,200",
            "images scored 220 330"); // 4 · 20 + 30 for each trial
    assertThat(lines(cost(experiment("evaluation.test-time-augmentation=flip"))))
        .as("a result of another configuration does none of these trials")
        .contains("trials 3 3", "images scored 420 420"); // 3 · (4 · 20 + 2 · 30)
    assertThat(lines(cost(experiment("train.last-batch=wrap"))))
        .contains("images trained on 1,320 1,320"); // 11 steps an epoch
    data.write("cub/_manifest.json", data.text("cub/_manifest.json").replace("f1", "f2"));
    assertThat(lines(cost(experiment()))).as("the result is on other data").contains("trials 3 3");
  }

  /** Returns the lines of a text, with single spaces. */
  private static List<String> lines(SweepCost cost) {
    return cost.text().lines().map(line -> line.replaceAll(" +", " ")).toList();
  }

  @Test
  void countsOfficialImagesWithoutData() throws IOException {
    assertThat(lines(SweepCost.of(without(request(experiment("train.epochs=200"))))))
        .contains("images trained on 3,234,000 3,234,000") // 3 · 200 · 539 · 10 of 5,395 images
        .contains(
            "Images are counted as published for cub, with ingest.validation-fraction of them in"
                + " validation; --data counts ingested ones");
    assertThat(cost(experiment()).text()).doesNotContain("as published");
  }

  private static CostRequest without(CostRequest request) {
    return new CostRequest(
        request.plan(),
        request.experiment(),
        request.sweep(),
        Optional.empty(),
        request.rates(),
        request.master());
  }

  @Test
  void tellsTheTimeFromAFinishedRunOfTheSweep() throws IOException {
    finish(sweep.folder("trials"), FinishedRuns.here(), 19, 1);
    SweepCost cost = cost(experiment());
    Hardware here = FinishedRuns.here();

    assertThat(cost.time(here).seconds()).as("both trials like the first").isEqualTo(2 * 19.0);
    // Passes: 7 s for 400 images, and 3 of 10 images on the executor with the most.
    double exchanged = 8.0 * parameters() * 3 / 4;
    double step = 3 * 7.0 / 400 + 0.021 + 2 * 0.06e-3 * 4 + exchanged / 0.82e9;
    assertThat(cost.predictedTime(here, 4).seconds())
        .as("40 steps, and a quarter of the 11 s beside the steps")
        .isCloseTo(2 * (40 * step + 11.0 / 4), within(1e-9));
    assertThat(cost.predictedTime(here, 16).trials()).isZero();
  }

  private static long parameters() {
    return ParameterCount.of(ResNet.of(experiment().model(), 5, experiment().loss()));
  }

  @Test
  void printsATableForAReader() throws IOException {
    finish(sweep.folder("trials"), FinishedRuns.here(), 7219, 1);
    int cores = FinishedRuns.here().topology().coresPerExecutor();
    String executor = Hardware.text(FinishedRuns.here().topology());
    String text = cost(experiment()).text();

    assertThat(text)
        .contains("\n\nRates on " + FinishedRuns.here().text() + ":\n")
        .contains("  " + NETWORK + "  50.0 img/s in steps  0.1 img/s in all  seen in 1 run\n")
        .containsPattern("one trial after the other +trials +wall time +core hours\n")
        .containsPattern(
            executor
                + ", here +2 +4 h 0 min +"
                + String.format(Locale.ROOT, "%.1f", cores * 2 * 7219 / 3600.0)
                + "\n")
        .containsPattern("4 executors of .*, predicted +2 +1 h 0 min ")
        .containsPattern("16 executors of .*, predicted +0 +- +-\n")
        .containsPattern(
            "Not on 16 executors of .*: Cannot split a batch of 10 samples over 16 replicas")
        .containsPattern(
            "Not on 64 executors of .*: Cannot split a batch of 10 samples over 64 replicas")
        .endsWith(
            "Predicted, not measured: a step is compute + 21 ms + 0.12 ms · executors + bytes /"
                + " 0.82 GB/s; passes and scoring are shared evenly, nobody waits, 10 Gbit/s");
  }

  @Test
  void takesTheMedianOfTheRunsInEveryFolderOfRates() throws IOException {
    Folder other = Folder.at(temporary.resolve("other").toString(), new Configuration(false));
    finish(sweep.folder("trials"), FinishedRuns.here(), 19, 1);
    finish(other.folder("trials"), FinishedRuns.here(), 30, 7);
    finish(other.folder("runs"), FinishedRuns.here(), 1000, 8);

    assertThat(cost(experiment(), other, other.folder("runs")).time(FinishedRuns.here()).seconds())
        .isCloseTo(2 * 30, within(1e-9));
    assertThat(cost(experiment(), other, other).text()).contains("seen in 2 runs\n");
  }

  @Test
  void saysWhatHasNoRate() throws IOException {
    finish(sweep.folder("trials"), FinishedRuns.here(), 19, 1);
    String text = cost(experiment("sweep.axes.\"model.depth\"=[18,34,50]")).text();

    assertThat(text)
        .contains(
            "\nNo rate is known for 6 trials of 2 networks: "
                + NETWORK.replace("18", "34")
                + "; "
                + NETWORK.replace("18", "50")
                + "; give --measure, or --rates DIR\n")
        .containsPattern("here +2 +38 s ");
    assertThat(cost(experiment("train.batch-size=20")).text())
        .doesNotContain("wall time")
        .endsWith(
            "\nNo rate is known for 3 trials of 1 network: "
                + NETWORK.replace("10", "20")
                + "; give --measure, or --rates DIR");
  }

  @Test
  void aRateOfOtherExecutorsDoesNotHoldHere() throws IOException {
    Hardware here = FinishedRuns.here();
    Topology topology = here.topology();
    List<Hardware> others =
        List.of(
            new Hardware(topology, here.threads(), "Another CPU", here.vectors()),
            new Hardware(topology, here.threads(), here.cpu(), "avx"),
            new Hardware(
                new Topology(EngineKind.MKL_DNN, 1, topology.coresPerExecutor() + 1),
                here.threads(),
                here.cpu(),
                here.vectors()),
            new Hardware(
                new Topology(EngineKind.MKL_DNN, 2, topology.coresPerExecutor()),
                here.threads(),
                here.cpu(),
                here.vectors()));
    for (int i = 0; i < others.size(); i++) {
      finish(sweep.folder("trials"), others.get(i), 19, 11 + i);
    }

    assertThat(cost(experiment()).text())
        .contains("No rate is known for 3 trials")
        .endsWith(
            "\nRates of other executors do not hold on this machine: "
                + others.stream().map(Hardware::text).sorted().collect(Collectors.joining("; ")));
  }

  @Test
  void aClusterIsNamedByItsResults() throws IOException {
    Hardware cluster =
        new Hardware(
            new Topology(EngineKind.MKL_DNN, 4, 8), "8", "Another CPU", "avx avx2 avx512f");
    finish(sweep.folder("trials"), cluster, 19, 11, 12);
    finish(sweep.folder("trials"), FinishedRuns.here(), 30, 13);
    CostRequest local = request(experiment());
    SweepCost cost =
        SweepCost.of(
            new CostRequest(
                local.plan(), local.experiment(), sweep, local.data(), local.rates(), "yarn"));

    assertThat(cost.text())
        .contains("Rates on 4 executors of 8 cores, Another CPU (AVX-512):\n", "seen in 2 runs\n")
        .containsPattern("\n4 executors of 8 cores, as seen +3 +57 s +0.507\n16 executors")
        .doesNotContain("\n4 executors of 8 cores, predicted", "do not hold");
    // Seen on 4 executors, an executor's passes take 4 times as long as the step's images.
    assertThat(
            cost.rates().rate(cost.trials().open().get(0).network(), cluster).get().speed().pass())
        .isCloseTo(4 * 7.0 / 400, within(1e-12));
  }

  @Test
  void aRunOnSeveralKindsOfExecutorsGivesNoRate() throws IOException {
    finish(sweep.folder("trials"), FinishedRuns.here(), 19, 11);
    Folder run = sweep.folder("trials").folder(experiment("seed=11").runId());
    String attempt = run.text("provenance.json").replaceFirst("(?s).*\\[(.*)\\].*", "$1");
    run.write(
        "provenance.json",
        "{\"format\": 1, \"attempts\": ["
            + attempt
            + ","
            + attempt.replace(FinishedRuns.here().cpu(), "Another CPU")
            + "]}");
    assertThat(cost(experiment()).text()).contains("No rate is known for 3 trials");
  }

  @Test
  void aDamagedFileCostsItsOwnRunAlone() throws IOException {
    Folder trials = sweep.folder("trials");
    finish(trials, FinishedRuns.here(), 19, 1);
    for (String file : List.of("result.json", "metrics.jsonl", "provenance.json")) {
      for (String damage : List.of("", "{", "{\"format\": 1}")) {
        finish(trials, FinishedRuns.here(), 1000, 11, 2);
        trials.folder(experiment("seed=11").runId()).write(file, damage);
        trials.folder(experiment("seed=2").runId()).write(file, damage);
        SweepCost cost = cost(experiment());
        assertThat(cost.text()).as(file + ": " + damage).contains("seen in 1 run\n");
        boolean hasResult = !file.equals("result.json");
        assertThat(cost.trials().open()).hasSize(hasResult ? 1 : 2);
      }
    }
    Files.delete(
        temporary.resolve("sweep/trials/" + experiment("seed=2").runId() + "/provenance.json"));
    assertThat(cost(experiment()).text()).contains("seen in 1 run\n");
  }

  @Test
  void aBatchThatTheImagesDoNotFillIsSaidOnce() throws IOException {
    finish(sweep.folder("trials"), FinishedRuns.here(), 19, 1);
    data.write("cub/_manifest.json", data.text("cub/_manifest.json").replace("105", "9"));
    int cores = FinishedRuns.here().topology().coresPerExecutor();

    assertThat(lines(cost(experiment())))
        .contains("images trained on 0 0")
        .contains(
            "Not on "
                + Hardware.text(FinishedRuns.here().topology())
                + "; "
                + Hardware.text(new Topology(EngineKind.MKL_DNN, 4, cores))
                + ": Cannot fill a batch of 10 with 9 samples: lower train.batch-size, or add samples");
  }

  @Test
  void warnsOfADiskThatIsTooSmall() throws IOException {
    assertThat(cost(experiment()).text())
        .contains("; free in " + sweep + ": ")
        .doesNotContain("WARNING");
    try (SmallDisk disk = SmallDisk.mount(temporary.resolve("small"), "4m")) {
      sweep = Folder.at(disk.path().resolve("sweeps/k").toString(), new Configuration(false));
      assertThat(cost(experiment()).text())
          .contains(
              "A trial's checkpoints take up to 4.3 MB; free in " + sweep + ": 4.2 MB\n",
              "WARNING: checkpoints need up to 14.4 MB, but only 4.2 MB are free: lower"
                  + " train.keep-checkpoints, or take another folder for --out\n");
    }
  }

  @Test
  void nothingIsLeftToPay() throws IOException {
    finish(sweep.folder("trials"), FinishedRuns.here(), 19, 1, 2, 3);
    assertThat(lines(cost(experiment())))
        .contains("trials 0 3", "images trained on 0 1,200")
        .last()
        .asString()
        .startsWith("checkpoints, up to 0.0 kB ");
  }

  @Test
  void patienceMayEndTrialsEarlier() throws IOException {
    assertThat(cost(experiment("train.early-stopping.patience=3")).text())
        .contains("\nTrials may end earlier, by train.early-stopping.patience\n");
  }
}
