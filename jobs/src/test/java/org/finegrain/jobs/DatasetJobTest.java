package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetJobTest {
  private static final String[] SMALL = {
    "--set=synthetic.classes=2",
    "--set=synthetic.train-per-class=2",
    "--set=synthetic.test-per-class=1",
    "--set=synthetic.image-size=32"
  };

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void listsWhatEachDatasetConsistsOf() {
    assertThat(run("list")).isZero();
    assertThat(out())
        .contains("cub: CUB-200-2011, 200 classes, 5,994 train and 5,794 test images")
        .contains("md5 97eceeb196236b17998738112f37df78")
        .contains("aircraft: FGVC-Aircraft 2013b (variants), 100 classes")
        .contains("cars: Stanford Cars, 196 classes")
        .contains("dogs: Stanford Dogs, 120 classes");
    assertThat(run("list", "--dataset", "cats")).isEqualTo(2);
    assertThat(err()).contains("Unknown dataset cats: it must be one of cub, aircraft, cars, dogs");
  }

  @Test
  void synthesizesWhatItVerifies() throws IOException {
    assertThat(run(synthesize())).isZero();
    assertThat(out()).isEqualTo("file:" + folder.resolve("out") + "\n");
    for (String name : new String[] {"cub", "aircraft", "cars", "dogs"}) {
      out.reset();
      assertThat(run("verify", "--dataset", name, "--root", root(name))).as(err()).isZero();
      assertThat(out())
          .contains(name + ": not the whole dataset: 2 of")
          .endsWith(name + ": 2 classes, 4 train and 2 test images, 0 missing or broken\n");
    }
    assertThat(run(synthesize())).isZero(); // changes nothing
  }

  @Test
  void namesMissingAndBrokenImages() throws IOException {
    assertThat(run(synthesize())).isZero();
    Path images = folder.resolve("out/cars/cars_train");
    Files.delete(images.resolve("00001.jpg"));
    Path whole = images.resolve("00002.jpg");
    Files.write(whole, Arrays.copyOf(Files.readAllBytes(whole), 700));
    Files.deleteIfExists(images.resolve(".00002.jpg.crc"));
    out.reset();
    assertThat(run("verify", "--dataset", "cars", "--root", root("cars"))).isEqualTo(1);
    assertThat(out())
        .contains("cars_train/00001.jpg: missing\n")
        .containsPattern("cars_train/00002.jpg: (truncated|broken).*\n")
        .endsWith("2 missing or broken\n");
  }

  @Test
  void saysWhichListIsMissing() {
    assertThat(run("verify", "--dataset", "cub", "--root", folder.toString())).isEqualTo(1);
    assertThat(err())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "finegrain dataset: Cannot find images.txt in file:%s or the folders below it; it is"
                    + " empty: name the folder that the original archives were unpacked into, with"
                    + " this list\n",
                folder));
  }

  @Test
  void dryRunWritesNothing() {
    String[] arguments = Arrays.copyOf(synthesize(), 8);
    arguments[7] = "--dry-run";
    assertThat(run(arguments)).isZero();
    assertThat(out())
        .startsWith("Would write cub, aircraft, cars, dogs to file:")
        .endsWith("2 classes and 6 images each\n");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private String[] synthesize() {
    String[] arguments = {"synthesize", "--out", folder.resolve("out").toString()};
    String[] all = Arrays.copyOf(arguments, arguments.length + SMALL.length);
    System.arraycopy(SMALL, 0, all, arguments.length, SMALL.length);
    return all;
  }

  private String root(String name) {
    return folder.resolve("out").resolve(name).toString();
  }

  private int run(String... arguments) {
    return JobMain.run(
        new DatasetJob(),
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
