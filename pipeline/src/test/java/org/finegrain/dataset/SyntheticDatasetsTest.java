package org.finegrain.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.SyntheticConfig;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticDatasetsTest {
  private static final SyntheticConfig CONFIG = new SyntheticConfig(5, 3, 4, 2, 48);

  @TempDir java.nio.file.Path temporary;
  private Folder out;

  @BeforeEach
  void chooseFolder() throws IOException {
    out = Folder.at(temporary.resolve("synthetic").toString(), new Configuration());
  }

  @Test
  void everyReaderReadsItsOwnLayout() throws IOException {
    assertThat(SyntheticDatasets.write(out, CONFIG)).isEqualTo(DatasetManifest.NAMES);
    for (String name : DatasetManifest.NAMES) {
      OriginalDataset dataset = DatasetReader.of(name).read(out.folder(name));
      assertThat(dataset.classNames()).as(name).hasSize(3).doesNotHaveDuplicates();
      assertThat(dataset.count(Split.TRAIN)).as(name).isEqualTo(12);
      assertThat(dataset.count(Split.TEST)).as(name).isEqualTo(6);
      for (Sample sample : dataset.samples()) {
        BufferedImage image = image(out.folder(name), sample.path());
        BoundingBox box = sample.boundingBox().orElseThrow();
        assertThat(box.left() + box.width()).isLessThanOrEqualTo(image.getWidth());
        assertThat(box.top() + box.height())
            .isLessThanOrEqualTo(image.getHeight() - dataset.bannerRows());
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    SyntheticDatasets.write(out.folder("a"), CONFIG);
    SyntheticDatasets.write(out.folder("b"), CONFIG);
    assertThat(hashes(out.folder("b"))).isEqualTo(hashes(out.folder("a"))).hasSizeGreaterThan(72);
  }

  @Test
  void leavesWhatIsMadeAndRemakesWhatChanged() throws IOException {
    SyntheticDatasets.write(out, CONFIG);
    assertThat(SyntheticDatasets.write(out, CONFIG)).isEmpty();
    assertThat(SyntheticDatasets.write(out, new SyntheticConfig(6, 3, 4, 2, 48)))
        .isEqualTo(DatasetManifest.NAMES);
  }

  @Test
  void neverDeletesWhatIsNotItsOwn() throws IOException {
    out.folder("cub").write("images.txt", "my own");
    assertThatThrownBy(() -> SyntheticDatasets.write(out, CONFIG))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("something else is there; name another folder");
    assertThat(out.folder("cub").text("images.txt")).isEqualTo("my own");
  }

  @Test
  void oneBirdIsGreyAndEveryAircraftHasABanner() throws IOException {
    SyntheticDatasets.write(out, CONFIG);
    OriginalDataset birds = DatasetReader.of("cub").read(out.folder("cub"));
    assertThat(birds.samples())
        .filteredOn(
            sample -> image(out.folder("cub"), sample.path()).getRaster().getNumBands() == 1)
        .hasSize(1);
    OriginalDataset aircraft = DatasetReader.of("aircraft").read(out.folder("aircraft"));
    assertThat(aircraft.classNames()).allMatch(name -> name.contains("/") && name.contains(" "));
    for (Sample sample : aircraft.samples()) {
      BufferedImage image = image(out.folder("aircraft"), sample.path());
      int[] rgb = image.getRaster().getPixel(5, image.getHeight() - 5, (int[]) null);
      assertThat(rgb[0]).isGreaterThan(240);
      assertThat(rgb[1]).isLessThan(15);
      assertThat(rgb[2]).isGreaterThan(240);
    }
  }

  private static SortedMap<String, String> hashes(Folder folder) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (String file : folder.files().keySet()) {
      hashes.put(file, folder.sha256(file));
    }
    return hashes;
  }

  private static BufferedImage image(Folder folder, String path) {
    try (InputStream in = folder.open(path)) {
      return ImageIO.read(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
