package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.finegrain.sweep.SweepOutcome;
import org.finegrain.sweep.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepJobTest {
  private static final List<String> SPACE =
      List.of(
          "--set=sweep.datasets=[cub,dogs]",
          "--set=sweep.axes.\"loss.eta\"=[2,auto]",
          "--set=sweep.seeds=[1,2]");

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path temporary;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void planWritesThePlanAndStatusShowsIt() {
    assertThat(sweep("plan")).isZero();
    assertThat(out()).endsWith("\nfile:" + temporary.resolve("sweep/plan.json") + "\n");
    out.reset();
    assertThat(sweep("status")).isZero();
    assertThat(out())
        .contains("cub, loss.eta = auto, seed 2")
        .endsWith("8 trials: 8 planned, 0 completed, 0 diverged, 0 failed\n");
    out.reset();
    assertThat(sweep("status", "--shard=1/4")).isZero();
    assertThat(out()).contains("\n2 trials: 2 planned, 0 completed, ");
  }

  @Test
  void statusIsOneJsonObjectOrTheFailuresAloneIfAsked() throws IOException {
    sweep("plan");
    out.reset();
    assertThat(sweep("status", "--json", "--shard=1/4")).isZero();
    assertThat(out())
        .startsWith("{\"format\":1,\"name\":\"experiment\",\"over\":false,")
        .contains("\"counts\":{\"planned\":2,")
        .hasLineCount(1);
    out.reset();
    assertThat(sweep("status", "--failed")).isZero();
    assertThat(out()).isEqualTo("8 trials: 8 planned, 0 completed, 0 diverged, 0 failed\n");
    out.reset();
    assertThat(sweep("status", "--failed", "--json")).isZero();
    assertThat(out()).contains("\"trials\":[]");
  }

  @Test
  void aWatchNeedsATimeToWait() {
    assertThat(sweep("status", "--watch=0")).isEqualTo(2);
    assertThat(err()).contains("Invalid value for --watch: 0 (must be at least 1 second)");
  }

  @Test
  void aDryRunListsTheTrialsAndWritesNothing() {
    assertThat(sweep("plan", "--dry-run")).isZero();
    assertThat(out())
        .containsPattern("[0-9a-f]{12}  cub, loss.eta = 2, seed 1\n")
        .contains("\n8 trials: 2 loss.eta × 2 datasets × 2 seeds\n")
        .endsWith("; give --measure, or --rates DIR\n");
    out.reset();
    assertThat(sweep("run", "--data=none", "--dry-run")).isZero();
    assertThat(out())
        .contains("  dogs, loss.eta = auto, seed 2, planned\n")
        .endsWith("Would run 8 of 8 trials: 2 loss.eta × 2 datasets × 2 seeds\n");
    String id = out().substring(0, 12);
    out.reset();
    assertThat(sweep("run", "--data=none", "--dry-run", "--trial=" + id)).isZero();
    assertThat(out()).hasLineCount(2).contains("Would run 1 of 8 trials");
    out.reset();
    assertThat(sweep("run", "--data=none", "--dry-run", "--skip=" + id, "--shard=1/2")).isZero();
    assertThat(out()).contains("Would run 3 of 8 trials");
    assertThat(temporary.resolve("sweep")).doesNotExist();
  }

  @Test
  void aPlanEndsWithItsCostAndThePath() {
    assertThat(sweep("plan")).isZero();
    // CUB: 5,994 images, a tenth of them for validation, is 337 steps of 16; Dogs: 12,000 and 675.
    assertThat(out())
        .containsPattern("; free in file:\\S+/sweep: [0-9.]+ [MGT]B\n")
        .satisfies(
            out ->
                assertThat(out.replaceAll("; free in .*", ""))
                    .isEqualTo(
                        """
                        8 trials: 2 loss.eta × 2 datasets × 2 seeds
                                                 to do      in all
                        trials                       8           8
                        epochs                   1,600       1,600
                        images trained on   12,953,600  12,953,600
                        images scored        1,496,696   1,496,696
                        checkpoints, up to      4.7 GB      4.7 GB
                        Images are counted as published for cub, dogs, with ingest.validation-fraction of them in validation; --data counts ingested ones
                        A trial's checkpoints take up to 595.3 MB

                        No rate is known for 8 trials of 2 networks: resnet50, aam (stage), ce+cc, 224 px, batch 16, loss.eta = 2; resnet50, aam (stage), ce+cc, 224 px, batch 16; give --measure, or --rates DIR
                        """
                            + "file:"
                            + temporary.resolve("sweep/plan.json")
                            + "\n"));
  }

  @Test
  void ratesAreTakenFromFoldersThatExist() {
    assertThat(sweep("plan", "--rates=" + temporary, "--rates=" + temporary.resolve("none")))
        .isEqualTo(1);
    assertThat(err())
        .isEqualTo(
            "finegrain sweep: Cannot take rates from file:"
                + temporary.resolve("none")
                + ": there is no such folder\n");
    assertThat(temporary.resolve("sweep")).doesNotExist();
  }

  @Test
  void trialsAreNamedByTheWeightsThatTheyStartFrom() throws IOException {
    Path weights = Files.writeString(temporary.resolve("a.safetensors"), "0");
    assertThat(sweep("plan", "--set=model.weights.path=" + weights)).isZero();
    Path plan = temporary.resolve("sweep/plan.json");
    assertThat(plan)
        .content()
        .contains("5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9")
        .doesNotContain("a.safetensors");
    assertThat(sweep("plan", "--set=model.weights.path=" + temporary.resolve("none"))).isEqualTo(1);
    assertThat(err()).startsWith("finegrain sweep: Cannot start from the weights ").hasLineCount(1);
  }

  @Test
  void anInvalidTrialIsExitCodeTwo() {
    assertThat(
            sweep(
                "plan",
                "--set=train.optimizer.learning-rate=0.1",
                "--set=sweep.axes.\"train.schedule.end-learning-rate\"=[0.01,0.5]"))
        .isEqualTo(2);
    assertThat(err())
        .startsWith("finegrain sweep: Cannot plan 8 of the sweep's trials:\n  cub, loss.eta = 2, ");
  }

  @Test
  void aWrongShardIsExitCodeTwo() {
    assertThat(sweep("run", "--data=none", "--shard=3/2")).isEqualTo(2);
    assertThat(err()).contains("Invalid shard 3/2: must be from 1/2 to 2/2");
  }

  @Test
  void statusAndResumeNeedAPlan() {
    assertThat(sweep("status")).isEqualTo(1);
    assertThat(sweep("resume", "--data=none")).isEqualTo(1);
    assertThat(err()).contains("has no plan.json; start with finegrain sweep run");
  }

  @Test
  void aSchedulerLetsSeedsComeTogetherAndMayTakeLessThanThePlanSays() {
    assertThat(sweep("plan")).isZero();
    assertThat(out()).doesNotContain("sweep.scheduler");
    out.reset();
    assertThat(sweep("diff", "--set=sweep.scheduler=median")).isZero();
    assertThat(out()).isEqualTo("changed  the order of the trials\n0 added, 0 retired, 8 stay\n");
    out.reset();
    assertThat(sweep("plan", "--set=sweep.scheduler=halving")).isZero();
    assertThat(out()).contains("\nSettings may be given up earlier, by sweep.scheduler\n");
  }

  @Test
  void prunedTrialsRunOnlyIfTheyAreTakenUp() throws IOException {
    sweep("plan");
    String plan = Files.readString(temporary.resolve("sweep/plan.json"));
    String id = plan.replaceFirst("(?s).*?\"id\" : \"([0-9a-f]{12})\".*", "$1");
    Files.writeString(
        temporary.resolve("sweep/journal.jsonl"),
        "{\"decision\":\"pruned\",\"number\":1,\"trials\":[\""
            + id
            + "\"],\"epoch\":4,"
            + "\"top1\":0.25,\"message\":\"at epoch 4 of 16: rank 5 of 6\"}\n");
    out.reset();
    assertThat(sweep("status")).isZero();
    assertThat(out())
        .contains("  pruned at epoch 4 of 16: rank 5 of 6\n")
        .endsWith("8 trials: 7 planned, 0 completed, 0 diverged, 0 failed, 1 pruned\n");
    out.reset();
    assertThat(sweep("resume", "--data=none", "--dry-run")).isZero();
    assertThat(out()).doesNotContain(id).contains("Would run 7 of 8 trials");
    out.reset();
    assertThat(sweep("resume", "--data=none", "--dry-run", "--unprune")).isZero();
    assertThat(out()).contains(id, "Would run 8 of 8 trials");
    assertThat(sweep("run", "--data=none", "--dry-run", "--unprune")).isEqualTo(2);
  }

  @Test
  void trialsAndSpacesThatThePlanLacksAreAWrongCommandLine() {
    for (String option :
        List.of("--trial=nonsense", "--skip=nonsense", "--retry=nonsense", "--first=nonsense")) {
      for (String dryRun : List.of("--wait", "--dry-run")) {
        err.reset();
        assertThat(sweep("run", "--data=none", option, dryRun)).isEqualTo(2);
        assertThat(err())
            .startsWith("finegrain sweep run: Cannot find the ")
            .contains("nonsense")
            .endsWith("; see finegrain sweep run --help\n");
      }
    }
    assertThat(temporary.resolve("sweep")).as("nothing was written").doesNotExist();
  }

  @Test
  void aPlanThatCannotDoItsFirstStepIsRefusedAtOnce() throws IOException {
    Path manifest = temporary.resolve("data/cub/_manifest.json");
    Files.createDirectories(manifest.getParent());
    Files.writeString(
        manifest,
        "{\"dataset\": \"cub\", \"fingerprint\": \"f\", \"classes\": ["
            + "\"c\",".repeat(9)
            + "\"c\"]}");
    String[] options = {
      "--data=" + temporary.resolve("data"),
      "--set=sweep={datasets=[cub],seeds=[1],axes={\"loss.eta\"=[auto]}}",
      "--set=model.width=1",
      "--set=model.depth=18"
    };
    for (String command : List.of("plan", "run")) {
      err.reset();
      assertThat(sweep(command, options)).isEqualTo(2);
      assertThat(err())
          .contains(
              "loss.eta = auto needs a channel for each of the 10 classes, but the last feature map"
                  + " has 8; set loss.eta to project it to more\n");
    }
  }

  @Test
  void aDamagedPlanIsOneSentence() throws IOException {
    sweep("plan");
    Path plan = temporary.resolve("sweep/plan.json");
    String whole = Files.readString(plan);
    String id = whole.replaceFirst("(?s).*?\"id\" : \"([0-9a-f]{12})\".*", "$1");
    for (String damaged :
        List.of("", whole.substring(0, 300), "{\"format\": 7}", whole.replace(id, "../../x"))) {
      Files.writeString(plan, damaged);
      for (String command : List.of("status", "resume")) {
        err.reset();
        String[] options =
            command.equals("resume") ? new String[] {"--data=none"} : new String[] {};
        assertThat(sweep(command, options)).isEqualTo(1);
        assertThat(err())
            .startsWith("finegrain sweep: Cannot read file:" + plan + ": ")
            .hasLineCount(1);
      }
    }
  }

  @Test
  void whatIsAddedIsAddedAndWhatLeavesIsRetired() {
    sweep("plan");
    out.reset();
    assertThat(sweep("diff")).isZero();
    assertThat(out()).startsWith("The plan stays as it is: 8 trials: ");

    out.reset();
    assertThat(sweep("diff", "--set=sweep.axes.\"loss.eta\"=[auto,3]")).isZero();
    assertThat(out())
        .contains("  cub, loss.eta = 3, seed 1\n", "retired  ", "  dogs, loss.eta = 2, seed 2\n")
        .endsWith("4 added, 4 retired, 4 stay\n");

    assertThat(sweep("plan", "--set=sweep.axes.\"loss.eta\"=[auto,3]")).isZero();
    out.reset();
    assertThat(sweep("status")).isZero();
    assertThat(out())
        .doesNotContain("cub, loss.eta = 2, seed 1")
        .contains("\n8 trials: 8 planned, ")
        .endsWith("0 failed, 4 retired\n");
    out.reset();
    assertThat(sweep("status", "--retired")).isZero();
    assertThat(out())
        .containsPattern("cub, loss.eta = 2, seed 1 +retired ")
        .endsWith("0 failed, 4 retired\n");

    assertThat(sweep("plan")).isZero();
    out.reset();
    assertThat(sweep("status", "--retired")).isZero();
    assertThat(out()).containsPattern("cub, loss.eta = 3, seed 1 +retired ");
  }

  @Test
  void cleanRemovesWhatThePlanDoesNotNeedAfterAsking() throws IOException {
    sweep("plan");
    Path trials = Files.createDirectories(temporary.resolve("sweep/trials"));
    String plan = Files.readString(temporary.resolve("sweep/plan.json"));
    String kept = idOf(plan, "auto");
    String retired = idOf(plan, "2");
    for (String id : List.of(kept, retired)) {
      Files.writeString(Files.createDirectory(trials.resolve(id)).resolve("config.conf"), "x");
    }
    Path superseded = temporary.resolve("sweep/superseded/" + kept + "-before-attempt-2");
    Files.createDirectories(superseded);
    assertThat(sweep("plan", "--set=sweep.axes.\"loss.eta\"=[auto]")).isZero();

    for (String answer : List.of("", "no\n")) {
      out.reset();
      assertThat(clean(answer)).isZero();
      assertThat(out())
          .contains(
              "retired     " + retired,
              "superseded  " + kept,
              "4 retired trials, 1 superseded folders, 0.0 MB\n")
          .endsWith("Nothing was removed\n");
      assertThat(trials.resolve(retired)).exists();
    }
    out.reset();
    assertThat(clean("yes\n")).isZero();
    assertThat(out()).endsWith("Removed\n");
    assertThat(trials.resolve(retired)).doesNotExist();
    assertThat(superseded).doesNotExist();
    assertThat(trials.resolve(kept)).exists();

    out.reset();
    assertThat(clean("")).isZero();
    assertThat(out()).isEqualTo("Nothing to remove\n");
  }

  private static String idOf(String plan, String eta) {
    return plan.replaceFirst(
        "(?s).*?\"id\" : \"([0-9a-f]{12})\",[^{]*\"overrides\" : \\{\\s*\"loss.eta\" : \""
            + eta
            + "\".*",
        "$1");
  }

  private int clean(String answer) {
    InputStream terminal = System.in;
    System.setIn(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
    try {
      return run("clean", "--out=" + temporary.resolve("sweep"));
    } finally {
      System.setIn(terminal);
    }
  }

  @Test
  void aChangedSettingOfTheExperimentIsRefusedWithTheWaysOut() throws IOException {
    assertThat(sweep("diff")).isZero();
    assertThat(out()).startsWith("There is no plan yet\n");
    sweep("plan");
    out.reset();
    assertThat(sweep("diff", "--set=train.epochs=7")).isZero();
    assertThat(out()).endsWith("refuse this without --retire\n");
    String before = Files.readString(temporary.resolve("sweep/plan.json"));
    for (String command : List.of("plan", "run", "resume")) {
      err.reset();
      List<String> options = new ArrayList<>(List.of("--set=train.epochs=7"));
      if (!command.equals("plan")) {
        options.add("--data=none");
      }
      assertThat(sweep(command, options.toArray(String[]::new))).isEqualTo(1);
      assertThat(err())
          .contains(
              "Cannot change the plan: the configuration changes a setting of the experiment, and so"
                  + " 8 of the 8 trials:\n  train.epochs: 200 → 7\n")
          .contains("take another folder for --out, or retire those trials with --retire");
      assertThat(temporary.resolve("sweep/plan.json")).content().isEqualTo(before);
    }
    for (String command : List.of("plan", "run")) {
      List<String> options = new ArrayList<>(List.of("--set=train.epochs=7", "--dry-run"));
      if (!command.equals("plan")) {
        options.add("--data=none");
      }
      assertThat(sweep(command, options.toArray(String[]::new)))
          .as("a dry run refuses what the command would refuse")
          .isEqualTo(1);
    }
    assertThat(sweep("plan", "--set=train.epochs=7", "--retire")).isZero();
    assertThat(temporary.resolve("sweep/plan.json")).content().contains("\"retired\" : [\n    {\n");
  }

  @Test
  void aPlanOfTheFirstVersionIsExtendedAndLosesNothing() throws IOException {
    sweep("plan");
    Path file = temporary.resolve("sweep/plan.json");
    ObjectNode plan = (ObjectNode) JSON.readTree(file.toFile());
    String ids = ids(plan);
    ObjectNode axes = plan.put("format", 1).putObject("axes");
    axes.putArray("loss.eta").add("2").add("auto");
    plan.remove(List.of("spaces", "retired", "replicas"));
    plan.path("trials").forEach(trial -> ((ObjectNode) trial).remove("spaces"));
    JSON.writeValue(file.toFile(), plan);

    out.reset();
    assertThat(sweep("diff")).isZero();
    assertThat(out()).startsWith("The plan stays as it is: 8 trials");
    assertThat(sweep("plan", "--set=sweep.seeds=[1,2,3]")).isZero();
    JsonNode now = JSON.readTree(file.toFile());
    assertThat(now.path("format").asInt()).isEqualTo(2);
    assertThat(now.path("retired")).isEmpty();
    assertThat(now.path("trials")).hasSize(12);
    assertThat(ids(now).split(" ")).contains(ids.split(" "));
  }

  @Test
  void aPlanThatSomebodyEditedIsComparedWithTheConfiguration() throws IOException {
    sweep("plan");
    Path file = temporary.resolve("sweep/plan.json");
    String whole = Files.readString(file);
    ObjectNode plan = (ObjectNode) JSON.readTree(whole);
    String removed = plan.path("trials").path(3).path("id").asText();
    ((ArrayNode) plan.path("trials")).remove(3);
    JSON.writeValue(file.toFile(), plan);
    out.reset();
    assertThat(sweep("diff")).isZero();
    assertThat(out()).startsWith("added    " + removed).endsWith("1 added, 0 retired, 7 stay\n");
    assertThat(sweep("plan")).isZero();
    assertThat(file).content().isEqualTo(whole);

    Files.writeString(
        file, whole.replace("\"train.epochs\" : \"200\"", "\"train.epochs\" : \"9\""));
    out.reset();
    assertThat(sweep("diff")).isZero();
    assertThat(out()).startsWith("changed  train.epochs: 9 → 200\n");
    assertThat(sweep("plan")).as("its trials are those of the configuration").isZero();
    assertThat(file).content().isEqualTo(whole);
  }

  @Test
  void aDamagedPlanIsKeptBesideTheNewOne() throws IOException {
    sweep("plan");
    Path file = temporary.resolve("sweep/plan.json");
    String whole = Files.readString(file);
    Files.writeString(file, whole.replace("\"trials\" : [", "\"trials\" :"));
    assertThat(sweep("diff")).isEqualTo(1);
    assertThat(err())
        .startsWith("finegrain sweep: Cannot read file:" + file + ": it is not whole JSON (line ")
        .endsWith("; write it again by finegrain sweep plan, with the same --config and --set\n");
    assertThat(sweep("plan")).isZero();
    assertThat(file).content().isEqualTo(whole);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files.filter(it -> it.toString().contains("/plan-unreadable-")))
          .singleElement()
          .satisfies(it -> assertThat(it).content().contains("\"trials\" :\n"));
    }
  }

  private static String ids(JsonNode plan) {
    return String.join(" ", plan.path("trials").findValuesAsText("id"));
  }

  @Test
  void theOutcomeDecidesTheExitCode() {
    assertCode(ExitCode.DONE, Map.of(TrialState.COMPLETED, 3, TrialState.DIVERGED, 1), 0);
    assertCode(ExitCode.PARTLY, Map.of(TrialState.COMPLETED, 1, TrialState.FAILED, 3), 0);
    assertCode(ExitCode.FAILED, Map.of(TrialState.FAILED, 4), 0);
    assertCode(ExitCode.TRANSIENT, Map.of(TrialState.COMPLETED, 1, TrialState.FAILED, 3), 1);
    assertCode(ExitCode.TRANSIENT, Map.of(TrialState.FAILED, 3), 3);
    assertCode(ExitCode.PAUSED, Map.of(TrialState.COMPLETED, 2, TrialState.PLANNED, 2), 0);
    assertCode(ExitCode.PAUSED, Map.of(TrialState.PAUSED, 2), 0);
    assertCode(ExitCode.PAUSED, Map.of(TrialState.COMPLETED, 2, TrialState.RUNNING, 2), 0);
  }

  private static void assertCode(ExitCode code, Map<TrialState, Integer> states, int worthRetry) {
    assertThat(SweepExecution.outcome(new SweepOutcome(states, worthRetry, 0), "p").code())
        .isEqualTo(code);
  }

  @Test
  void anExperimentIsNamedByItsFile() throws IOException {
    Path file = Files.writeString(temporary.resolve("my.sweep.conf"), "seed = 3\n");
    assertThat(sweep("plan", "--config=" + file)).isZero();
    assertThat(temporary.resolve("sweep/plan.json")).content().contains("\"name\" : \"my.sweep\"");
  }

  private int sweep(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(SPACE);
    arguments.add("--out=" + temporary.resolve("sweep"));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return JobMain.run(
        new SweepJob(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
