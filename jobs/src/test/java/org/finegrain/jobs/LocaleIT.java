package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.ingest.TinyCub;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the whole way from a dataset to a report gives the same files in several locales. */
class LocaleIT {
  private static final List<String> TINY =
      List.of(
          "--set=model.depth=18",
          "--set=model.width=8",
          "--set=augmentation.image-size=32",
          "--set=augmentation.evaluation-short-side=36",
          "--set=train.epochs=1",
          "--set=train.batch-size=4",
          "--set=train.optimizer.learning-rate=0.05",
          "--set=sweep.datasets=[cub]",
          "--set=sweep.axes.\"loss.eta\"=[2]",
          "--set=cluster.master=local[2]");

  private static final Locale USUAL = Locale.getDefault();

  @TempDir private static Path shared;
  private static List<String> expected;

  @TempDir private Path folder;

  @BeforeAll
  static void goInEnglish() throws Exception {
    TinyCub.write(shared.resolve("original"), 12);
    Locale.setDefault(Locale.US);
    expected = filesOf(shared.resolve("usual"));
    Locale.setDefault(USUAL);
  }

  @AfterEach
  void restore() {
    Locale.setDefault(USUAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa", "tr-TR", "de-DE"})
  void filesAreTheSame(String language) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(language));
    assertThat(filesOf(folder)).containsExactlyElementsOf(expected);
  }

  /**
   * Runs all commands from a dataset to a report below {@code folder}.
   *
   * @return the names of all files, and the checksums of those that hold no times
   */
  private static List<String> filesOf(Path folder) throws Exception {
    String data = "--data=" + folder.resolve("data");
    String sweep = folder.resolve("sweep").toString();
    String original = "--root=" + shared.resolve("original");
    String ingested = "--out=" + folder.resolve("data/cub");
    assertThat(run(new IngestJob(), "--dataset=cub", original, ingested)).isZero();
    String[] options =
        Stream.concat(Stream.of(data, "--out=" + sweep), TINY.stream()).toArray(String[]::new);
    assertThat(run(new SweepJob(), with(options, "run", "--set=train.max-duration=1ms")))
        .isEqualTo(5);
    assertThat(run(new SweepJob(), with(options, "resume", "--set=train.max-duration=1h")))
        .isZero();
    String trial = "--run=" + onlyChild(folder.resolve("sweep/trials"));
    assertThat(run(new ExportJob(), trial, "--out=" + folder.resolve("best.safetensors"))).isZero();
    assertThat(run(new ReportJob(), data, "--out=" + folder.resolve("report"), sweep)).isZero();
    return contents(folder);
  }

  private static String[] with(String[] options, String command, String more) {
    return Stream.concat(Stream.of(command, more), Stream.of(options)).toArray(String[]::new);
  }

  private static Path onlyChild(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(it -> !it.getFileName().toString().startsWith("."))
          .reduce((first, second) -> fail("two trials"))
          .orElseThrow();
    }
  }

  private static int run(Object command, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    int status = JobMain.run(command, print, print, arguments);
    if (status == ExitCode.USAGE.status() || status == ExitCode.FAILED.status()) {
      throw new AssertionError(out.toString(StandardCharsets.UTF_8));
    }
    return status;
  }

  private static List<String> contents(Path root) throws IOException {
    List<String> contents = new ArrayList<>();
    Folder folder = Folder.at(root.toUri().toString(), new Configuration());
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(path).toString();
        boolean repeats =
            name.matches(".*\\.(safetensors|parquet|png|csv|md)")
                && !name.contains(".crc")
                && !name.contains("tables/cost."); // which holds times
        String digest = repeats ? folder.sha256(name) : "";
        contents.add(plain(name) + " " + digest);
      }
    }
    Collections.sort(contents);
    return contents;
  }

  /** Returns a name without the random numbers and times that Spark and TensorBoard put into it. */
  private static String plain(String name) {
    return name.replaceFirst("tfevents.*", "tfevents")
        .replaceFirst("predictions.parquet/(\\.?)part-.*-c.*snappy", "predictions.parquet/$1part");
  }
}
