package org.finegrain.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DatasetManifestTest {
  @Test
  void everyDatasetHasAManifest() {
    for (String name : DatasetManifest.NAMES) {
      DatasetManifest manifest = DatasetManifest.of(name);
      assertThat(manifest.name()).isEqualTo(name);
      assertThat(manifest.layout()).isNotEmpty();
      for (ManifestFile file : manifest.files()) {
        assertThat(file.md5().isPresent() || file.sha256().isPresent()).as(file.name()).isTrue();
        file.md5().ifPresent(md5 -> assertThat(md5).matches("[0-9a-f]{32}"));
        file.sha256().ifPresent(sha256 -> assertThat(sha256).matches("[0-9a-f]{64}"));
        assertThat(file.sources()).allMatch(source -> source.startsWith("http"));
      }
    }
  }

  @Test
  void officialCountsAreThePublished() {
    assertThat(OfficialCounts.of("cub")).isEqualTo(new OfficialCounts(200, 5_994, 5_794));
    assertThat(OfficialCounts.of("aircraft")).isEqualTo(new OfficialCounts(100, 6_667, 3_333));
    assertThat(OfficialCounts.of("cars")).isEqualTo(new OfficialCounts(196, 8_144, 8_041));
    assertThat(OfficialCounts.of("dogs")).isEqualTo(new OfficialCounts(120, 12_000, 8_580));
  }

  @Test
  void namesTheDatasetsThatThereAre() {
    assertThatThrownBy(() -> DatasetManifest.of("cats"))
        .isInstanceOf(DataException.class)
        .hasMessage("Unknown dataset cats: it must be one of cub, aircraft, cars, dogs");
    assertThatThrownBy(() -> DatasetReader.of("cats"))
        .hasMessage("Unknown dataset cats: it must be one of cub, aircraft, cars, dogs");
  }

  @Test
  void saysWhereAManifestIsMalformed() {
    byte[] text =
        "format = 1\nname = x\ntitle = x\nofficial { classes = many }"
            .getBytes(StandardCharsets.UTF_8);
    InputStreamReader reader =
        new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8);
    assertThatThrownBy(() -> DatasetManifest.read("x.conf", reader))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("x.conf: 4")
        .hasMessageContaining("official.classes");
  }
}
