package org.finegrain.dataset;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a dataset consists of and where it can be had: one file of {@code datasets-manifest/}.
 *
 * @param layout the files that the reader needs, a line each
 * @param remarks what a user should know: dead links, traps, leakage
 */
public record DatasetManifest(
    String name,
    String title,
    OfficialCounts official,
    List<ManifestFile> files,
    List<String> layout,
    String licence,
    List<String> remarks) {
  /** The datasets of the paper, in its order. */
  public static final List<String> NAMES = List.of("cub", "aircraft", "cars", "dogs");

  private static final int FORMAT = 1;

  public DatasetManifest {
    files = List.copyOf(files);
    layout = List.copyOf(layout);
    remarks = List.copyOf(remarks);
  }

  /**
   * @throws DataException if there is no such dataset
   */
  public static DatasetManifest of(String name) {
    if (!NAMES.contains(name)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Unknown dataset %s: it must be one of %s",
              name,
              String.join(", ", NAMES)));
    }
    String resource = "/datasets-manifest/" + name + ".conf";
    try (InputStream in = DatasetManifest.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("Cannot find " + resource + " on the class path");
      }
      return read(name + ".conf", new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }

  static DatasetManifest read(String origin, InputStreamReader reader) {
    try {
      ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(origin);
      Config config = ConfigFactory.parseReader(reader, options).resolve();
      if (config.getInt("format") != FORMAT) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "Unsupported format %d of %s (must be %d)",
                config.getInt("format"),
                origin,
                FORMAT));
      }
      return new DatasetManifest(
          config.getString("name"),
          config.getString("title"),
          new OfficialCounts(
              config.getInt("official.classes"),
              config.getInt("official.train"),
              config.getInt("official.test")),
          config.getConfigList("files").stream().map(DatasetManifest::file).toList(),
          config.getStringList("layout"),
          config.getString("licence"),
          config.getStringList("remarks"));
    } catch (ConfigException e) { // its message begins with origin and line
      throw new DataException("Malformed manifest: " + e.getMessage(), e);
    }
  }

  private static ManifestFile file(Config file) {
    return new ManifestFile(
        file.getString("name"),
        file.hasPath("bytes") ? OptionalLong.of(file.getLong("bytes")) : OptionalLong.empty(),
        text(file, "md5"),
        text(file, "sha256"),
        file.getStringList("sources"));
  }

  private static Optional<String> text(Config file, String key) {
    return file.hasPath(key) ? Optional.of(file.getString(key)) : Optional.empty();
  }
}
