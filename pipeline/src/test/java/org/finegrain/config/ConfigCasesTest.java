package org.finegrain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests configuration files as people write and save them, which are resources of the test. */
class ConfigCasesTest {
  private static final String UNKNOWN =
      "is not a key, and environment variables are not read; write the value, or give it with --set";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bom.conf", "crlf.conf"})
  void aByteOrderMarkAndWindowsLinesAreRead(String name) {
    assertThat(ExperimentConfig.load(List.of(file(name)), List.of()).seed()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "utf16.conf, 'it is in UTF-16, save it as UTF-8'",
    "latin1.conf, 'its line 2 is not in UTF-8 (byte 0xe9), save it as UTF-8'"
  })
  void otherEncodingsAreNamed(String name, String why) {
    assertFault(name, file(name) + "  cannot read this file: " + why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inc-nope.conf", "inc-file.conf", "inc-reqfile.conf"})
  void aMissingIncludeIsAFault(String name) {
    assertFault(
        name,
        file(name) + ":1  cannot find the included file; looked for ",
        "/nope.conf, ",
        "jar:conf/nope.conf");
  }

  @Test
  void theClassPathIsTheJarsCopyOfConf() throws IOException {
    assertFault("inc-cp.conf", ":1  cannot find the included file; looked for jar:conf/nope.conf");
    assertThat(load("include classpath(\"base/schedules/strong.conf\")").train().step().optimizer())
        .isNotEqualTo(OptimizerConfig.DEFAULTS);
  }

  @Test
  void aUrlIsThePlaceItself() throws IOException {
    Path there = Files.writeString(folder.resolve("there.conf"), "seed = 4");
    assertThat(load("include url(\"" + there.toUri() + "\")").seed()).isEqualTo(4);
    assertThat(load("include \"" + there.toUri() + "\"").seed()).isEqualTo(4);
    assertThat(load("include file(\"there.conf\")").seed()).isEqualTo(4);
    assertThatThrownBy(() -> load("include url(\"file:///nope/nope.conf\")"))
        .hasMessageEndingWith(
            "mine.conf:1  cannot find the included file; looked for file:/nope/nope.conf");
  }

  /** A substitution stands for another key; required or optional makes no difference. */
  @ParameterizedTest
  @CsvSource({
    "env-req.conf, env-req.conf:2, ${SEED}",
    "env-opt.conf, env-opt.conf:2, ${?SEED}",
    "env-opt-after.conf, env-opt-after.conf:3, ${?SEED}",
    "inc-env.conf, env-opt.conf:2, ${?SEED}"
  })
  void environmentVariablesAreNotRead(String name, String place, String substitution) {
    assertFault(
        name, file(place.replaceFirst(":.*", "")), place + "  " + substitution + ": " + UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${HOME}", "${?HOME}", "${?NOPE}"})
  void environmentVariablesAreNotReadInSettings(String substitution) {
    assertThatThrownBy(() -> set("cluster.master=" + substitution))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("--set  " + substitution + ": " + UNKNOWN);
  }

  @Test
  void allOfThemAreNamedAtOnce() {
    assertThatThrownBy(
            () -> load("# ${A}\ntrain { epochs = ${A}, batch-size = ${?B.c} }\nseed = 1${A}"))
        .hasMessageStartingWith("3 faults")
        .hasMessageContaining("mine.conf:2  ${A}: ")
        .hasMessageContaining("mine.conf:2  ${?B.c}: ")
        .hasMessageContaining("mine.conf:3  ${A}: ");
  }

  @Test
  void substitutionsStandForKeys() throws IOException {
    assertThat(set("seed=${train.epochs}").seed()).isEqualTo(200);
    assertThat(set("seed=${?train.epochs}").seed()).isEqualTo(200);
    assertThat(load("train.epochs = 7\nseed = ${train.epochs}").seed()).isEqualTo(7);
    assertThat(load("train.epochs = 7\nseed = ${?train.epochs}").seed()).isEqualTo(7);
  }

  @Test
  void quotedSubstitutionsAreText() {
    ExperimentConfig config = set("model.weights.path=\"/a/${X}/b\"");
    assertThat(config.model().weights().path()).hasValue("/a/${X}/b");
    assertThat(config.withOverrides(config.settings())).isEqualTo(config);
  }

  private static void assertFault(String name, String... parts) {
    assertThatThrownBy(() -> ExperimentConfig.load(List.of(file(name)), List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("1 fault in the configuration\n")
        .hasMessageContainingAll(parts);
  }

  private ExperimentConfig load(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.conf"), text);
    return ExperimentConfig.load(List.of(file.toString()), List.of());
  }

  private static ExperimentConfig set(String... settings) {
    return ExperimentConfig.load(List.of(), List.of(settings));
  }

  private static String file(String name) {
    try {
      return Path.of(ConfigCasesTest.class.getResource("/config/" + name).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
