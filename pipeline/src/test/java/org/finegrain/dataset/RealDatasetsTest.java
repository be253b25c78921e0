package org.finegrain.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;

/** Tests the readers on original lists and on small parts of the original datasets. */
class RealDatasetsTest {
  @Test
  void readsTheCompleteListsOfCub() throws IOException {
    OriginalDataset cub = DatasetReader.of("cub").read(RealData.folder("annotations/cub-200-2011"));
    assertCounts(cub, 200, 5_994, 5_794);
    assertThat(OfficialCounts.of("cub").difference(cub)).isEmpty();
    assertThat(cub.classNames()).startsWith("001.Black_footed_Albatross");
    assertThat(cub.samples().get(0))
        .isEqualTo(
            new Sample(
                "1",
                "images/001.Black_footed_Albatross/Black_Footed_Albatross_0046_18.jpg",
                0,
                Split.TEST,
                new BoundingBox(60, 27, 325, 304)));
  }

  @Test
  void readsTheCompleteListsOfAircraft() throws IOException {
    OriginalDataset aircraft =
        DatasetReader.of("aircraft").read(RealData.folder("annotations/fgvc-aircraft"));
    assertCounts(aircraft, 100, 6_667, 3_333);
    assertThat(OfficialCounts.of("aircraft").difference(aircraft)).isEmpty();
    assertThat(aircraft.bannerRows()).isEqualTo(20);
    assertThat(aircraft.classNames()).startsWith("707-320", "727-200").contains("F/A-18");
  }

  @Test
  void readsTheOriginalDevkitOfCars() throws IOException {
    DatasetFolder folder = new DatasetFolder(RealData.folder("annotations/stanford-cars"), "");
    List<String> classNames = CarsReader.classNames(MatFile.read(folder, "cars_meta.mat"));
    SampleCollector samples = new SampleCollector();
    CarsReader.readPart(
        MatFile.read(folder, "cars_train_annos.mat"), Split.TRAIN, classNames, samples);
    List<Sample> read = samples.dataset(folder, "cars", classNames, 0).samples();
    assertThat(classNames)
        .hasSize(196)
        .startsWith("AM General Hummer SUV 2000")
        .endsWith("smart fortwo Convertible 2012");
    assertThat(read).hasSize(8_144);
    assertThat(read.get(0))
        .isEqualTo(
            new Sample(
                "train-00001",
                "cars_train/00001.jpg",
                13,
                Split.TRAIN,
                new BoundingBox(38, 115, 531, 260)));
    assertThat(read.stream().mapToInt(Sample::label).max()).hasValue(195);
  }

  @Test
  void saysThatTheDevkitOfCarsHoldsNoLabelsOfItsTestSplit() throws IOException {
    Folder root = RealData.folder("annotations/stanford-cars");
    assertThatThrownBy(() -> DatasetReader.of("cars").read(root))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Cannot find cars_test_annos_withlabels.mat in " + root.location());
  }

  @Test
  void readsTheSlices() throws IOException {
    OriginalDataset cub = readSlice("cub", "cub-200-2011");
    assertCounts(cub, 10, 300, 243);
    assertThat(OfficialCounts.of("cub").difference(cub))
        .hasValue(
            "not the whole dataset: 10 of 200 classes, 300 of 5,994 train images, 243 of 5,794"
                + " test images");
    assertCounts(readSlice("dogs", "stanford-dogs"), 6, 84, 60);
    assertCounts(readSlice("aircraft", "fgvc-aircraft"), 6, 84, 60);
    assertThat(readSlice("cars", "stanford-cars").classNames()).hasSize(16);
  }

  private static OriginalDataset readSlice(String name, String folder) throws IOException {
    Folder root = RealData.folder("slices/" + folder);
    OriginalDataset dataset = DatasetReader.of(name).read(root);
    for (Sample sample : dataset.samples()) {
      assertThat(root.exists(sample.path())).as(sample.path()).isTrue();
      assertThat(sample.boundingBox()).as(sample.path()).isPresent();
    }
    return dataset;
  }

  private static void assertCounts(OriginalDataset dataset, int classes, int train, int test) {
    assertThat(dataset.classNames()).hasSize(classes).doesNotHaveDuplicates();
    assertThat(dataset.count(Split.TRAIN)).isEqualTo(train);
    assertThat(dataset.count(Split.TEST)).isEqualTo(test);
  }
}
