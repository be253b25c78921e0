package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.finegrain.ingest.TinyCub;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code ingest} and {@code augment} as a user gives them. */
class IngestJobIT {
  @TempDir private Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeOriginal() throws IOException {
    TinyCub.write(directory.resolve("original"), 8);
  }

  @Test
  void ingestsAndAugments() {
    assertThat(ingest("--dry-run")).isZero();
    assertThat(out())
        .startsWith("would ingest cub with 6 train, 2 val, 8 test images of 2 classes");
    assertThat(directory.resolve("data")).doesNotExist();

    assertThat(ingest()).isZero();
    assertThat(out()).isEqualTo("file:" + directory.resolve("data") + "\n");
    assertThat(ingest("--dry-run")).isZero();
    assertThat(out()).contains("nothing to do");

    assertThat(augment("--variants=2", "--dry-run")).isZero();
    assertThat(out()).startsWith("would write 2 variants of each of 6 train images of cub");
    assertThat(augment("--variants=2")).isZero();
    assertThat(out()).isEqualTo("file:" + directory.resolve("augmented") + "\n");
    assertThat(directory.resolve("augmented/contact-sheet.png")).exists();
  }

  @Test
  void verifiesIngestedData() throws IOException {
    assertThat(ingest()).isZero();
    assertThat(verify()).as(err()).isZero();
    assertThat(out()).endsWith("8 test images, every part as it was written\n");

    Path part = directory.resolve("data/test/part-00000.parquet");
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);
    assertThat(verify()).isEqualTo(1);
    assertThat(err())
        .contains("finegrain dataset: file:" + part + " has SHA-256 ")
        .endsWith(": ingest the dataset again with --overwrite\n");
    assertThat(ingest("--overwrite")).isZero();
    assertThat(verify()).isZero();
  }

  @Test
  void aBrokenDatasetIsOneSentence() throws IOException {
    Files.delete(directory.resolve("original/image_class_labels.txt"));
    assertThat(ingest()).isEqualTo(1);
    assertThat(err()).startsWith("finegrain ingest: Cannot find image_class_labels.txt");
  }

  @Test
  void refusesNoVariants() {
    assertThat(ingest()).isZero();
    assertThat(augment("--variants=0")).isEqualTo(2);
    assertThat(err()).contains("--variants", "at least 1");
  }

  private int ingest(String... more) {
    return run(
        new IngestJob(),
        more,
        "--dataset=cub",
        "--root=" + directory.resolve("original"),
        "--out=" + directory.resolve("data"));
  }

  private int verify() {
    return run(new DatasetJob(), new String[] {"--data=" + directory.resolve("data")}, "verify");
  }

  private int augment(String... more) {
    return run(
        new AugmentJob(),
        more,
        "--data=" + directory.resolve("data"),
        "--out=" + directory.resolve("augmented"),
        "--set=augmentation.image-size=24",
        "--set=augmentation.evaluation-short-side=28");
  }

  private int run(Object job, String[] more, String... arguments) {
    out.reset();
    err.reset();
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return JobMain.run(job, outStream, errStream, all);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
