package org.finegrain.config;

import com.typesafe.config.ConfigException.BadPath;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds every <code>${…}</code> and <code>${?…}</code> that is not a key. As every key has a
 * default, an optional one is a fault too. Environment variables are not read.
 */
final class UnknownSubstitutions implements ConfigResolver {
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{\\??([^}]*)}");
  private static final Pattern COMMENT = Pattern.compile("\\s*(#|//).*");

  private static final String RULE =
      "is not a key, and environment variables are not read; write the value, or give it with --set";

  private final Set<String> paths = new TreeSet<>();

  @Override
  public ConfigValue lookup(String path) {
    paths.add(path);
    return ConfigValueFactory.fromAnyRef(""); // lets resolving go on, so that it finds the others
  }

  @Override
  public ConfigResolver withFallback(ConfigResolver fallback) {
    return this;
  }

  boolean isEmpty() {
    return paths.isEmpty();
  }

  /**
   * Adds a fault for each place of an unknown substitution.
   *
   * @param texts the texts that the configuration was read from
   */
  void report(List<ConfigText> texts, ConfigFaults faults) {
    List<ConfigText.Line> lines =
        texts.stream()
            .flatMap(ConfigText::lines)
            .filter(line -> !COMMENT.matcher(line.text()).matches())
            .toList();
    for (String path : paths) {
      List<ConfigText.Line> found =
          lines.stream().flatMap(line -> substitutions(line, path)).distinct().toList();
      (found.isEmpty() ? List.of(new ConfigText.Line(Origins.RESOLVED, "${" + path + "}")) : found)
          .forEach(it -> faults.add(it.place(), it.text(), Optional.empty(), RULE));
    }
  }

  private static Stream<ConfigText.Line> substitutions(ConfigText.Line line, String path) {
    return SUBSTITUTION
        .matcher(line.text())
        .results()
        .filter(found -> names(found, path))
        .map(found -> new ConfigText.Line(line.place(), found.group()));
  }

  /**
   * Returns whether a substitution stands for {@code path}. The path begins with a section if the
   * file is included in that section.
   */
  private static boolean names(MatchResult substitution, String path) {
    try {
      String written = ConfigUtil.joinPath(ConfigUtil.splitPath(substitution.group(1)));
      return path.equals(written) || path.endsWith("." + written);
    } catch (BadPath e) {
      return false;
    }
  }
}
