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
import org.finegrain.config.ExperimentConfig;

/**
 * The description of a published dataset: its files, and where to get them. It is read from {@code
 * datasets-manifest/}.
 *
 * @param name the short name: cub, aircraft, cars or dogs
 * @param title the full name
 * @param official the publishers' counts
 * @param files the published files
 * @param layout the files that the reader needs, one line for each
 * @param licence the terms of use
 * @param remarks what a user should know, such as dead links, traps and leakage between splits
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
  public static final List<String> NAMES = ExperimentConfig.DATASETS;

  private static final int FORMAT = 1;

  /** Copies the lists. */
  public DatasetManifest {
    files = List.copyOf(files);
    layout = List.copyOf(layout);
    remarks = List.copyOf(remarks);
  }

  /**
   * Returns the description of a dataset.
   *
   * @throws DataException if there is no dataset of this name
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
      throw new DataException("Invalid manifest of a dataset: " + e.getMessage(), e);
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
