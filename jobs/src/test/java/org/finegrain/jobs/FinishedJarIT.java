package org.finegrain.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests the jar that users submit, and that NOTICE names the works of others in it. */
class FinishedJarIT {
  private static final Path ROOT = Path.of(System.getProperty("finegrain.root"));

  /** The places of finegrain's own files in the jar. */
  private static final List<String> OWN =
      List.of(
          "META-INF/LICENSE",
          "META-INF/MANIFEST.MF",
          "META-INF/NOTICE",
          "META-INF/jpms.args",
          "META-INF/licenses/",
          "META-INF/maven/org.finegrain/",
          "datasets-manifest/",
          "org/finegrain/");

  private static final String PLACE = "  in the jar:";
  private static final String SHADED = "org/finegrain/shaded/";

  private static List<String> entries;
  private static String notice;

  @BeforeAll
  static void readJarAndNotice() throws IOException {
    notice = Files.readString(ROOT.resolve("NOTICE"));
    try (ZipFile jar = new ZipFile(jar().toFile())) {
      entries = jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
      assertThat(text(jar, "META-INF/NOTICE")).isEqualTo(notice);
      assertThat(text(jar, "META-INF/LICENSE"))
          .isEqualTo(Files.readString(ROOT.resolve("LICENSE")));
    }
  }

  @Test
  void noticeNamesEveryWorkOfOthers() {
    List<String> named = placesInNotice();
    assertThat(entries)
        .filteredOn(entry -> entry.startsWith(SHADED) || OWN.stream().noneMatch(entry::startsWith))
        .allMatch(entry -> named.stream().anyMatch(entry::startsWith));
  }

  @Test
  void noticeNamesNothingThatIsNotThere() {
    assertThat(placesInNotice())
        .isNotEmpty()
        .allMatch(place -> entries.stream().anyMatch(entry -> entry.startsWith(place)));
  }

  @Test
  void licencesThatNoticeNamesAreInTheJar() throws IOException {
    try (ZipFile jar = new ZipFile(jar().toFile());
        DirectoryStream<Path> licences = Files.newDirectoryStream(ROOT.resolve("licenses"))) {
      for (Path licence : licences) {
        String name = "licenses/" + licence.getFileName();
        assertThat(notice).contains(name);
        assertThat(text(jar, "META-INF/" + name)).isEqualTo(Files.readString(licence));
      }
    }
  }

  private static List<String> placesInNotice() {
    List<String> places = new ArrayList<>();
    notice
        .lines()
        .filter(line -> line.startsWith(PLACE))
        .forEach(line -> places.addAll(List.of(line.substring(PLACE.length()).trim().split(" "))));
    return places;
  }

  private static Path jar() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(ROOT.resolve("jobs/target"), "finegrain-[0-9]*.jar")) {
      return jars.iterator().next();
    }
  }

  private static String text(ZipFile jar, String name) throws IOException {
    return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), UTF_8);
  }
}
