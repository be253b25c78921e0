package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.finegrain.storage.Checksums;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that a command whose work is done starts no Spark and leaves every file as it is, and that
 * whatever changes its output makes it work again.
 */
class SecondRunIT {
  private static final List<String> EVENT_LOG = List.of("spark.eventLog.enabled", "true");

  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void logEvents() throws IOException {
    System.setProperty(EVENT_LOG.get(0), EVENT_LOG.get(1));
    System.setProperty(
        "spark.eventLog.dir", Files.createDirectory(folder.resolve("events")).toUri().toString());
  }

  @AfterEach
  void logNoEvents() {
    System.clearProperty(EVENT_LOG.get(0));
    System.clearProperty("spark.eventLog.dir");
  }

  @Test
  void everyCommandOfTheQuickstartFindsThatItsWorkIsDone() throws IOException {
    synthesize();
    assertThat(sparkIsStartedBy(this::ingest)).isTrue();
    assertThat(sparkIsStartedBy(this::augment)).isTrue();
    assertThat(sparkIsStartedBy(this::sweep)).isTrue();
    settle();
    assertThat(sparkIsStartedBy(this::report)).isTrue();

    SortedMap<String, String> files = files();
    assertThat(sparkIsStartedBy(this::synthesize)).isFalse();
    assertThat(sparkIsStartedBy(this::ingest)).isFalse();
    assertThat(printed()).contains("ingest dogs  up to date, nothing to do", "delete the folder");
    assertThat(sparkIsStartedBy(this::augment)).isFalse();
    assertThat(printed()).contains("augment  up to date, nothing to do");
    assertThat(sparkIsStartedBy(this::sweep)).isFalse();
    assertThat(sparkIsStartedBy(this::report)).isFalse();
    assertThat(printed()).endsWith("index.html\n");
    assertThat(files()).as("no file was written").isEqualTo(files);

    damageWithoutNewSizeOrTime(folder.resolve("data/dogs/val/part-00000.parquet"));
    assertThat(sparkIsStartedBy(this::ingest)).as("a damaged part").isTrue();
    Files.delete(folder.resolve("augmented/contact-sheet.png"));
    assertThat(sparkIsStartedBy(this::augment)).as("a missing contact sheet").isTrue();
    assertThat(sparkIsStartedBy(() -> sweep("--set=sweep.seeds=[1,2]"))).as("a seed more").isTrue();
    settle();
    assertThat(sparkIsStartedBy(this::report)).as("a run more").isTrue();
    damageWithoutNewSizeOrTime(folder.resolve("report/index.html"));
    assertThat(sparkIsStartedBy(this::report)).as("a damaged report").isTrue();
    assertThat(sparkIsStartedBy(() -> report("--siunitx"))).as("another option").isTrue();
    Files.delete(folder.resolve("report/tables/datasets.csv"));
    assertThat(sparkIsStartedBy(() -> report("--siunitx"))).as("a missing table").isTrue();
    Files.writeString(folder.resolve("sweep/journal.jsonl"), "\n");
    assertThat(sparkIsStartedBy(() -> report("--siunitx"))).as("another input").isTrue();
    Files.delete(onlyResult());
    assertThat(sparkIsStartedBy(this::sweep)).as("a missing result").isTrue();
  }

  private void synthesize() {
    run(new DatasetJob(), List.of(), "synthesize", "--out=" + folder.resolve("original"));
  }

  private void ingest() {
    run(
        new IngestJob(),
        List.of(),
        "--all",
        "--root=" + folder.resolve("original"),
        "--out=" + folder.resolve("data"),
        "--overwrite");
  }

  private void augment() {
    run(
        new AugmentJob(),
        List.of(),
        "--data=" + folder.resolve("data/cub"),
        "--out=" + folder.resolve("augmented"),
        "--variants=1",
        "--overwrite");
  }

  private void sweep(String... more) {
    run(
        new SweepJob(),
        List.of(more),
        "run",
        "--data=" + folder.resolve("data"),
        "--out=" + folder.resolve("sweep"),
        "--set=dataset=cub",
        "--set=train.epochs=1",
        "--set=loss.kind=ce",
        "--set=model.attention.kind=none");
  }

  private void report(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--out=" + folder.resolve("report"));
    arguments.add("--data=" + folder.resolve("data"));
    arguments.add(folder.resolve("sweep").toString());
    runExactly(new ReportJob(), arguments);
  }

  private void run(Object job, List<String> more, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    for (String setting : TrainJobIT.TINY) {
      all.add("--set=" + setting);
    }
    all.add("--set=synthetic.classes=2");
    all.add("--set=synthetic.train-per-class=8");
    all.add("--set=synthetic.test-per-class=3");
    all.addAll(more);
    runExactly(job, all);
  }

  private void runExactly(Object job, List<String> arguments) {
    printed.reset();
    PrintStream print = new PrintStream(printed, true, StandardCharsets.UTF_8);
    PrintStream standard = System.err;
    System.setErr(print);
    try {
      assertThat(JobMain.run(job, print, print, arguments.toArray(String[]::new)))
          .as(printed())
          .isZero();
    } finally {
      System.setErr(standard);
    }
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private boolean sparkIsStartedBy(Runnable command) throws IOException {
    long before = eventLogs();
    command.run();
    return eventLogs() > before;
  }

  private long eventLogs() throws IOException {
    try (Stream<Path> logs = Files.list(folder.resolve("events"))) {
      return logs.count();
    }
  }

  /** Gives all files of runs an earlier time, as if a while had passed since they were written. */
  private void settle() throws IOException {
    FileTime earlier = FileTime.from(Instant.now().minusSeconds(60));
    for (String part : List.of("sweep", "data")) {
      try (Stream<Path> files = Files.walk(folder.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.setLastModifiedTime(file, earlier);
        }
      }
    }
  }

  private static void damageWithoutNewSizeOrTime(Path file) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
  }

  private Path onlyResult() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("sweep/trials"))) {
      return files.filter(file -> file.endsWith("result.json")).sorted().findFirst().orElseThrow();
    }
  }

  /** Returns the hash and the time of every file that the commands have written. */
  private SortedMap<String, String> files() throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.startsWith("events/") && !name.contains(".lease")) {
          files.put(
              name,
              Files.getLastModifiedTime(file)
                  + " "
                  + Checksums.hex(Checksums.newSha256().digest(Files.readAllBytes(file))));
        }
      }
    }
    return files;
  }
}
