package org.finegrain.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.SyntheticConfig;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads datasets in the states that copies have: wrapped, packed again, renamed by other systems.
 */
class CopiedLayoutTest {
  @TempDir private static Path drawn;
  @TempDir private Path directory;
  private Folder root;

  @BeforeAll
  static void draw() throws IOException {
    SyntheticDatasets.write(
        Folder.at(drawn.toString(), new Configuration()), new SyntheticConfig(1, 2, 2, 1, 24));
  }

  @BeforeEach
  void open() throws IOException {
    root = Folder.at(directory.toString(), new Configuration());
  }

  @Test
  void theFolderMayBeWrapped() throws IOException {
    copy("cub", path -> "CUB_200_2011/CUB_200_2011/" + path);
    check("cub", "CUB_200_2011/CUB_200_2011/images/");
    copy("aircraft", path -> "fgvc-aircraft-2013b/fgvc-aircraft-2013b/" + path);
    check("aircraft", "fgvc-aircraft-2013b/fgvc-aircraft-2013b/data/images/");
  }

  @Test
  void imagesAndAnnotationsMayBePackedAgain() throws IOException {
    copy(
        "dogs",
        path ->
            path.replace("Images/", "images/Images/")
                .replace("Annotation/", "annotations/Annotation/"));
    check("dogs", "images/Images/");
    copy(
        "cars",
        path ->
            path.replaceAll("^cars_(train|test)/", "cars_$1/cars_$1/")
                .replace("devkit/", "car_devkit/devkit/"));
    check("cars", "cars_t");
  }

  @Test
  void lettersMayHaveAnotherCase() throws IOException {
    copy("cub", path -> path.startsWith("images/") ? path.toLowerCase(Locale.ROOT) : path);
    check("cub", "images/00");
    copy("dogs", path -> path.replace(".jpg", ".JPG"));
    check("dogs", "Images/");
  }

  @Test
  void charactersMayBeDecomposed() throws IOException {
    copy("cub", path -> path);
    String listed = root.lines("images.txt").get(0).split(" ", 2)[1];
    String accented = listed.replace(".jpg", "\u00E9.jpg");
    root.write("images.txt", root.text("images.txt").replace(listed, accented));
    Path image = directory.resolve("images").resolve(listed);
    String decomposed = Normalizer.normalize(accented, Normalizer.Form.NFD);
    Files.move(image, directory.resolve("images").resolve(decomposed));
    check("cub", "images/");
  }

  @Test
  void pathsMayBeWrittenOtherwise() throws IOException {
    for (Map.Entry<String, String> writing :
        Map.of("(\\d+) ", "$1 ./", "(\\d+) (.*)/", "$1 $2\\\\", "(\\d+) (.*)", "$1 images/$2")
            .entrySet()) {
      root.delete("images.txt");
      copy("cub", path -> path);
      String lists =
          root.text("images.txt").replaceAll("(?m)^" + writing.getKey(), writing.getValue());
      root.write("images.txt", lists);
      check("cub", "images/");
    }
  }

  @Test
  void trainAndValidationAreTrainval() throws IOException {
    copy("aircraft", path -> path);
    String both = root.text("data/images_variant_trainval.txt");
    int half = both.indexOf('\n') + 1;
    root.write("data/images_variant_train.txt", both.substring(0, half));
    root.write("data/images_variant_val.txt", both.substring(half));
    root.delete("data/images_variant_trainval.txt");
    check("aircraft", "data/images/");
  }

  @Test
  void whatIsAmbiguousIsNotGuessed() throws IOException {
    copy("cub", path -> "one/" + path);
    copy("cub", path -> "two/" + path);
    assertThatThrownBy(() -> read("cub"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Cannot choose between the datasets in "
                + root
                + ": name one of its folders, one/ or two/");
    root.delete("one");
    root.delete("two");
    // a list of train images beside a folder of test images, whose files have the same names
    copy("cars", path -> path);
    root.delete("cars_train");
    assertThat(read("cars").samples())
        .filteredOn(sample -> sample.split() == Split.TRAIN)
        .allSatisfy(sample -> assertThat(sample.path()).startsWith("cars_train/"));
  }

  @Test
  void aFolderWithoutTheImagesIsOneSentence() throws IOException {
    copy("cub", path -> path);
    root.delete("images");
    root.write("photos/a.jpg", "x");
    assertThatThrownBy(() -> read("cub").checkImages(root))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "Cannot find any of 6 images of cub in " + root + ", such as images/001.")
        .hasMessageContaining("it holds photos/, ");
    assertThatThrownBy(() -> read("dogs"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("Cannot find lists/train_list.mat or train_list.mat in " + root)
        .hasMessageContaining("it holds photos/, _synthetic.txt, bounding_boxes.txt, ");
  }

  @Test
  void listsOfAnotherFolderAreNamed() throws IOException {
    copy("cars", path -> path);
    Files.move(
        directory.resolve("devkit/cars_train_annos.mat"), directory.resolve("cars_annos.mat"));
    assertThatThrownBy(() -> read("cars"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("cars_annos.mat lists the images of car_ims/, but " + root)
        .hasMessageContaining("holds cars_train/ instead: place the lists of that folder there");
  }

  /** Checks that every image and every box is found below {@code place}. */
  private void check(String name, String place) throws IOException {
    OriginalDataset dataset = read(name);
    dataset.checkImages(root);
    assertThat(dataset.samples()).hasSize(6);
    assertThat(dataset.sizes()).hasSize(6);
    assertThat(dataset.badBoxes()).isEmpty();
    for (Sample sample : dataset.samples()) {
      assertThat(sample.path()).startsWith(place);
      assertThat(sample.boundingBox()).isPresent();
      assertThat(root.size(sample.path())).isEqualTo(dataset.sizes().get(sample.path()));
    }
  }

  private OriginalDataset read(String name) throws IOException {
    return DatasetReader.of(name).read(root);
  }

  private void copy(String name, UnaryOperator<String> place) throws IOException {
    Folder original = Folder.at(drawn.resolve(name).toString(), new Configuration());
    for (String file : original.files().keySet()) {
      byte[] bytes = original.bytes(file);
      String unwrapped = file.replaceFirst("^(CUB_200_2011|fgvc-aircraft-2013b)/", "");
      root.write(place.apply(unwrapped), out -> out.write(bytes));
    }
  }
}
