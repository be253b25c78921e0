package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.finegrain.config.ExperimentConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that every configuration key in a document exists, and has the default that it states. */
class DocumentedKeysTest {
  private static final Map<String, String> SETTINGS = ExperimentConfig.DEFAULTS.settings();

  /** The sections whose keys the user chooses. */
  private static final List<String> CHOSEN = List.of("sweep.axes", "sweep.spaces");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern KEY =
      Pattern.compile(
          "(?<![\\w./-])(?:ingest|augmentation|model|loss|train|evaluation|sweep|synthetic|cluster|tracking)"
              + "(?:\\.[a-z0-9-]+)+(?![\\w/-])");
  private static final Pattern FILE = Pattern.compile(".*\\.(safetensors|json|conf|csv|parquet)");
  private static final Pattern TABLE = Pattern.compile("\\| key under `([a-z.-]+)` \\|.*");

  static List<Document> documents() throws IOException {
    return Document.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyKeyWithinASentenceExists(Document document) throws IOException {
    for (Document.Line line : document.prose()) {
      Matcher code = CODE.matcher(line.text());
      while (code.find()) {
        KEY.matcher(code.group(1))
            .results()
            .map(MatchResult::group)
            .filter(key -> !FILE.matcher(key).matches())
            .forEach(key -> assertThat(exists(key)).as(document.place(line) + " " + key).isTrue());
      }
    }
  }

  /** A table whose head begins with "key under `SECTION`" names keys of that section. */
  @ParameterizedTest
  @MethodSource("documents")
  void everyKeyOfATableExistsAndHasItsDefault(Document document) throws IOException {
    String section = "";
    int defaults = -1;
    for (Document.Line line : document.prose()) {
      List<String> cells = List.of(line.text().split(" ?\\| ?", -1));
      Matcher head = TABLE.matcher(line.text());
      if (head.matches()) {
        section = head.group(1) + ".";
        defaults = cells.indexOf("default");
      } else if (!line.text().startsWith("|")) {
        section = "";
      } else if (!section.isEmpty() && !line.text().startsWith("|-")) {
        String key = section + plain(cells.get(1));
        assertThat(exists(key)).as(document.place(line) + " " + key).isTrue();
        if (defaults >= 0 && SETTINGS.containsKey(key)) {
          assertThat(plain(cells.get(defaults)).replaceFirst(",.*", ""))
              .as(document.place(line) + " default of " + key)
              .isEqualTo(SETTINGS.get(key));
        }
      }
    }
  }

  @Test
  void documentsNameKeys() throws IOException {
    assertThat(exists("train.optimizer.momentm")).isFalse();
    long named = 0;
    for (Document document : documents()) {
      for (Document.Line line : document.prose()) {
        named += KEY.matcher(line.text()).results().count();
      }
    }
    assertThat(named).isGreaterThan(50);
  }

  private static boolean exists(String key) {
    return CHOSEN.contains(key)
        || SETTINGS.keySet().stream().anyMatch(it -> it.equals(key) || it.startsWith(key + "."));
  }

  private static String plain(String cell) {
    return cell.replace("`", "");
  }
}
