package org.finegrain.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The build of finegrain that is running: its version and the code that it was built from.
 *
 * @param version the version, such as {@code 0.1.0}
 * @param commit the abbreviated git commit, empty if it was not built in a git checkout
 * @param dirty whether the checkout held changes that were not committed
 * @param bigdl the version of BigDL DLlib that it was built with
 */
public record Build(String version, String commit, boolean dirty, String bigdl)
    implements Serializable {
  private static final Build CURRENT = load();

  /** Returns the build of this process. */
  public static Build current() {
    return CURRENT;
  }

  private static Build load() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read build.properties of finegrain", e);
    }
    return new Build(
        properties.getProperty("version"),
        properties.getProperty("commit").strip(),
        Boolean.parseBoolean(properties.getProperty("dirty")),
        properties.getProperty("bigdl"));
  }

  /**
   * Returns version and commit as semantic versioning writes build metadata, such as {@code
   * 0.1.0+1a2b3c4d5e6f.dirty}.
   */
  public String codeVersion() {
    return version + (commit.isEmpty() ? "" : "+" + commit + (dirty ? ".dirty" : ""));
  }
}
