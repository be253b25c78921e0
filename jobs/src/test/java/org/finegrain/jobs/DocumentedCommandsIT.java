package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.finegrain.tracking.MlflowProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Gives each command for one machine on the documents' way from a dataset to a report and to given
 * weights once, in the order of the pages, on synthetic images. Networks and epochs are made small;
 * nothing else of a command is changed.
 */
class DocumentedCommandsIT {
  private static final List<String> SMALL =
      List.of(
          "cluster.master=local[2]",
          "model.depth=18",
          "model.width=8",
          "augmentation.image-size=32",
          "augmentation.evaluation-short-side=36",
          "train.epochs=1",
          "train.batch-size=8",
          "sweep.datasets=[cub]",
          "sweep.seeds=[1]",
          "sweep.axes.\"model.attention.k\"=[3,5]",
          "synthetic.classes=2",
          "synthetic.train-per-class=10",
          "synthetic.test-per-class=4",
          "synthetic.image-size=40");

  /** The sweep of the pages whose settings are compared, for which one epoch is too short. */
  private static final String COMPARED = "sweeps/eta";

  private static final List<String> COMPARABLE =
      List.of("train.epochs=2", "sweep.halving.min-epochs=1", "sweep.axes.\"loss.eta\"=[2,3]");

  /** The id of a trial in the pages. */
  private static final String DOCUMENTED_TRIAL = "8f3a19c0";

  private static final List<String> PAGES =
      List.of("docs/first-dataset.md", "docs/results.md", "docs/tracking.md", "docs/weights.md");

  /** The server of the pages; a test starts one at another port. */
  private static final String DOCUMENTED_SERVER = "http://127.0.0.1:5000";

  private static final Pattern RUN = Pattern.compile("[0-9a-f]{12}");

  @TempDir private Path folder;
  private String server = DOCUMENTED_SERVER;

  @Test
  void everyCommandOfThePagesSucceeds() throws IOException {
    synthesize();
    List<JobLine> lines = lines();
    lines.removeIf(DocumentedCommandsIT::needsServer);
    assertThat(lines).hasSizeGreaterThan(12);
    for (JobLine line : lines) {
      give(line);
    }
    assertThat(folder.resolve("report/index.html")).exists();
    assertThat(folder.resolve("model.safetensors")).exists();
  }

  @Test
  void theCommandsThatNameAServerAreShownThere() throws Exception {
    try (MlflowProcess mlflow = MlflowProcess.start(folder.resolve("mlflow"))) {
      server = mlflow.address();
      synthesize();
      List<String> ingest = List.of("--dataset", "cub", "--root", "CUB_200_2011");
      give(new JobLine("ingest", with(ingest, "--out", "data/cub"), List.of()));
      List<String> plan = List.of("plan", "--set", "sweep.seeds=[1,2]", "--out", "sweeps/k");
      give(new JobLine("sweep", plan, List.of()));
      List<JobLine> lines = lines();
      lines.removeIf(line -> !needsServer(line));
      assertThat(lines).hasSize(2);
      for (JobLine line : lines) {
        give(line);
      }
      assertThat(mlflow.runs("finegrain"))
          .extracting(run -> MlflowProcess.values(run, "tags").get("finegrain.kind"))
          .containsExactly("run", "sweep");
    }
  }

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }

  private static List<JobLine> lines() throws IOException {
    List<JobLine> lines = new ArrayList<>();
    for (String page : PAGES) {
      for (DocumentedCommand command : DocumentedCommand.of(Document.of(page))) {
        if (command.program().equals("submit-scripts/finegrain")) {
          JobLine.of(command).filter(line -> line.others().isEmpty()).ifPresent(lines::add);
        }
      }
    }
    return lines;
  }

  private static boolean needsServer(JobLine line) {
    return line.arguments().stream().anyMatch(word -> word.endsWith(DOCUMENTED_SERVER));
  }

  /** Writes a dataset as its archive unpacks, in place of the one that a reader has. */
  private void synthesize() throws IOException {
    give(new JobLine("dataset", List.of("synthesize", "--out", "original"), List.of()));
    Files.move(folder.resolve("original/cub"), folder.resolve("CUB_200_2011"));
  }

  private void give(JobLine line) throws IOException {
    if (line.arguments().contains("model.weights.path=resnet50.safetensors")) {
      Files.copy(folder.resolve("model.safetensors"), folder.resolve("resnet50.safetensors"));
    }
    List<String> arguments = new ArrayList<>();
    for (String word : line.arguments()) {
      arguments.add(located(word));
    }
    if (isConfigured(line)) {
      SMALL.forEach(setting -> arguments.add("--set=" + setting));
      if (line.arguments().contains(COMPARED)) {
        COMPARABLE.forEach(setting -> arguments.add("--set=" + setting));
      }
    }
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        JobMain.run(
            new JobLine(line.job(), arguments, List.of()).command(),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            arguments.toArray(String[]::new));
    assertThat(status)
        .as(
            () ->
                String.format(
                    Locale.ROOT, "%s%n%s", arguments, err.toString(StandardCharsets.UTF_8)))
        .isZero();
  }

  /** Returns a path as it is in the checkout if it exists there, else in the test's folder. */
  private String located(String word) throws IOException {
    if (word.endsWith(DOCUMENTED_SERVER)) {
      return word.replace(DOCUMENTED_SERVER, server);
    } else if (word.startsWith("conf/")) {
      return Document.ROOT.resolve(word).toString();
    } else if (word.endsWith("=resnet50.safetensors")) {
      return word.replace("resnet50", folder.resolve("resnet50").toString());
    } else if (word.equals("runs/RUN-ID")) {
      return run("runs").toString();
    } else if (word.equals(DOCUMENTED_TRIAL)) {
      return run(COMPARED + "/trials").getFileName().toString();
    }
    boolean isPath =
        word.contains("/")
            || word.endsWith(".safetensors")
            || List.of("CUB_200_2011", "data", "runs", "again", "report", "original")
                .contains(word);
    return isPath ? folder.resolve(word).toString() : word;
  }

  private Path run(String parent) throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve(parent))) {
      return runs.filter(run -> RUN.matcher(run.getFileName().toString()).matches())
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean isConfigured(JobLine line) {
    CommandLine innermost = JobMain.commandLine(line.command(), System.out);
    for (String word : line.arguments()) {
      innermost = innermost.getSubcommands().getOrDefault(word, innermost);
    }
    return innermost.getCommandSpec().findOption("--set") != null;
  }
}
