package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.util.Utils;
import org.finegrain.environment.Machine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tests what {@code submit-scripts/finegrain} starts. */
class LauncherTest {
  private static final String ODD = "a b [c]{d,e} *?! 50%20 :# 'ü' \"$x\\";

  @TempDir Path folder;
  private Launcher launcher;

  @BeforeEach
  void install() throws Exception {
    launcher = Launcher.in(folder, "checkout");
  }

  @Test
  void aCheckoutAndArgumentsMayHoldAnyLetters() throws Exception {
    Launcher odd = Launcher.in(folder.resolve("odd"), ODD);
    List<String> out = odd.run("train", "--data", ODD, "--out=" + ODD, "").out();

    assertThat(out.subList(out.size() - 4, out.size()))
        .containsExactly("--data", ODD, "--out=" + ODD, "");
    assertThat(Path.of(URI.create(out.get(out.size() - 5))))
        .isEqualTo(odd.checkout.resolve("jobs/target/finegrain-0.1.0.jar"));
    List<String> options = javaOptions(settings(out), "driver");
    assertThat(options).contains("-Dfinegrain.conf=" + odd.checkout.resolve("conf"));
    assertThat(Path.of(URI.create(property(options, "log4j2.configurationFile"))))
        .isEqualTo(odd.checkout.resolve("conf/log4j2.properties"));
  }

  @Test
  void startsThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("fg"), script("finegrain"));
    assertThat(launcher.start(link, "train").out()).contains("org.finegrain.jobs.TrainJob");
    assertThat(launcher.start(link, "--help").out()).contains("commands:");
  }

  @Test
  void namesEveryCommandWithAWord() throws Exception {
    List<String> help = launcher.run("--help").out();
    List<String> commands =
        help.subList(help.indexOf("commands:") + 1, help.size()).stream()
            .takeWhile(line -> !line.isEmpty())
            .map(line -> line.strip().split(" +", 2)[0])
            .toList();
    assertThat(commands)
        .containsExactlyElementsOf(
            new CommandLine(new FinegrainCommand()).getSubcommands().keySet());
    assertThat(String.join(" ", help)).contains(CompletionCommand.LAUNCHER_OPTIONS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --help",
        "train --print-config",
        "ingest -h",
        "model",
        "dataset list",
        "dataset verify --dataset cub --root r",
        "export --run r --out o",
        "sweep plan --out o",
        "sweep status --out o",
        "sweep run --data d --out o --dry-run",
        "sweep",
        "completion",
        "--version"
      })
  void commandsWithoutAClusterStartNoSpark(String line) throws Exception {
    List<String> out = launcher.run(line.split(" ")).out();
    assertThat(out.get(0)).startsWith("java ");
    assertThat(out).doesNotContain("--class");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --data d --out o",
        "sweep run --data d --out o",
        "sweep plan --out o --measure",
        "ingest --root r",
        "dataset verify --data d",
        "dataset verify --data=d",
        "doctor",
        "report --out o s",
        "export --out s3a://b/o --packages org.apache.hadoop:hadoop-aws:3.3.4 --run s3a://b/r",
        "export --out s3a://b/o --spark spark.hadoop.fs.s3a.endpoint=e --run s3a://b/r"
      })
  void commandsThatComputeOrNeedAStoreStartSpark(String line) throws Exception {
    assertThat(launcher.run(line.split(" ")).out().get(0)).startsWith("spark-submit ");
  }

  @Test
  void aPlanKnowsTheMasterThatItsSweepWouldRunOn() throws Exception {
    assertThat(launcher.run("sweep", "plan", "--out", "o").out())
        .contains("-Dspark.master=local[*]");
    List<String> out = launcher.run("sweep", "plan", "--master", "yarn", "--out", "o").out();
    assertThat(out.get(0)).startsWith("java ");
    assertThat(out).contains("-Dspark.master=yarn").doesNotContain("--master");
  }

  @Test
  void javaAnswersAnUnknownCommand() throws Exception {
    List<String> out = launcher.run("trian", "--data", "d").out();
    assertThat(out.get(0)).startsWith("java ");
    assertThat(out).endsWith("org.finegrain.jobs.FinegrainCommand", "trian", "--data", "d");
  }

  @Test
  void warnsOfAJarThatIsOlderThanASourceFile() throws Exception {
    Path jar = launcher.checkout.resolve("jobs/target/finegrain-0.1.0.jar");
    Path source = launcher.checkout.resolve("jobs/src/main/java/A b.java");
    Launcher.write(source, "");
    Files.createDirectories(launcher.checkout.resolve("pipeline/src/main"));
    FileTime built = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(source, FileTime.fromMillis(built.toMillis() + 60_000));
    Launcher.Ended stale = launcher.run("train");
    assertThat(stale.err())
        .isEqualTo(
            "finegrain: the jar is older than jobs/src/main/java/A b.java; run"
                + " submit-scripts/setup\n");
    assertThat(stale.status()).isZero();

    Files.setLastModifiedTime(source, FileTime.fromMillis(built.toMillis() - 60_000));
    assertThat(launcher.run("train").err()).isEmpty();
  }

  static List<String> options() {
    return CompletionCommand.LAUNCHER_OPTIONS;
  }

  @ParameterizedTest
  @MethodSource("options")
  void optionsOfSparkDoNotReachTheCommand(String name) throws Exception {
    String value = name.matches("--spark|--conf") ? "spark.key=v" : "8g";
    if (name.equals("--properties-file")) {
      value = Files.writeString(folder.resolve("mine.conf"), "").toString();
    }
    for (List<String> form : List.of(List.of(name, value), List.of(name + "=" + value))) {
      List<String> line = new ArrayList<>(List.of("train"));
      line.addAll(form);
      line.add("--resume");
      List<String> out = launcher.run(line.toArray(String[]::new)).out();
      assertThat(out.get(out.size() - 2)).startsWith("file:");
      assertThat(out.get(out.size() - 1)).isEqualTo("--resume");
      assertThat(String.join("\n", out)).contains(value.equals("8g") ? "8g" : value);
    }
  }

  @Test
  void settingsHaveOneOrder() throws Exception {
    Launcher.write(
        launcher.spark.resolve("conf/spark-defaults.conf"),
        """
        # of the cluster
        spark.master            yarn
        spark.executor.memory:  6g
        spark.dynamicAllocation.enabled true
        spark.driver.extraJavaOptions -Dmine=1
        """);
    List<String> out = launcher.run("train", "--spark", "spark.speculation=true").out();
    assertThat(out).containsSequence("--master", "yarn").doesNotContain("--properties-file");
    assertThat(settings(out))
        .containsEntry("spark.dynamicAllocation.enabled", "false")
        .containsEntry("spark.speculation", "true")
        // spark-submit reads these itself
        .doesNotContainKeys("spark.executor.memory", "spark.driver.extraJavaOptions");
    assertThat(javaOptions(settings(out), "executor"))
        .contains("--add-modules=jdk.incubator.vector");

    Path named = Files.writeString(folder.resolve("mine.conf"), "spark.speculation true\n");
    out = launcher.run("train", "--properties-file", named.toString()).out();
    assertThat(out)
        .containsSequence("--master", "local[*]")
        .containsSequence("--properties-file", named.toString());
    assertThat(settings(out))
        .doesNotContainKey("spark.speculation")
        .containsEntry("spark.driver.memory", "4g");
  }

  @Test
  void theDriverLoadsTheVectorModuleItself() throws Exception {
    List<String> options = javaOptions(settings(launcher.run("train").out()), "driver");
    assertThat(options)
        .contains("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED")
        .doesNotContain("--add-modules=jdk.incubator.vector");
  }

  @Test
  void aDriverInTheClusterHasNoPathsOfThisMachine() throws Exception {
    List<String> out = launcher.run("train", "--master=yarn", "--deploy-mode=cluster").out();
    assertThat(settings(out)).containsEntry("spark.submit.deployMode", "cluster");
    assertThat(String.join(" ", javaOptions(settings(out), "driver")))
        .contains("-Dbigdl.engineType=mkldnn")
        .doesNotContain(launcher.checkout.toString());
  }

  @Test
  void onlyALocalMasterListensOnLoopback() throws Exception {
    assertThat(launcher.run("train").out().get(0)).endsWith("SPARK_LOCAL_IP=127.0.0.1");
    assertThat(launcher.run("train", "--master=yarn").out().get(0)).endsWith("SPARK_LOCAL_IP=");
    launcher.with("SPARK_LOCAL_IP", "10.0.0.7");
    assertThat(launcher.run("train").out().get(0)).endsWith("SPARK_LOCAL_IP=10.0.0.7");
  }

  @Test
  void namesBeyondAsciiCanBeOpened() throws Exception {
    launcher.without("LC_ALL").with("LANG", "C");
    assertThat(launcher.run("train").out().get(0)).contains("LC_ALL=C.UTF-8");
  }

  @Test
  void bothSidesHaveTheEngineThatIsAskedFor() throws Exception {
    launcher.with("FINEGRAIN_ENGINE", "mklblas").with("FINEGRAIN_THREADS", "3");
    Map<String, String> settings = settings(launcher.run("train", "--master=yarn").out());
    for (String side : List.of("driver", "executor")) {
      List<String> options = javaOptions(settings, side);
      assertThat(options).contains("-Dbigdl.mklNumThreads=3");
      assertThat(options.lastIndexOf("-Dbigdl.engineType=mklblas"))
          .isGreaterThan(options.lastIndexOf("-Dbigdl.engineType=mkldnn"));
    }
    assertThat(settings)
        .containsEntry("spark.executorEnv.KMP_BLOCKTIME", System.getenv("KMP_BLOCKTIME"));
  }

  /** The tests with MKL-BLAS, which need AVX2, run with the launcher's setting. */
  @Test
  void sumsOfMklBlasAreRepeatable() throws Exception {
    launcher.with("FINEGRAIN_ENGINE", "mklblas");
    String sums = settings(launcher.run("train").out()).get("spark.executorEnv.MKL_CBWR");
    String pom =
        Files.readString(Path.of(System.getProperty("finegrain.root"), "pipeline/pom.xml"));
    if (Machine.currentHas("avx2")) {
      assertThat(pom).contains("<MKL_CBWR>" + sums + "</MKL_CBWR>");
    } else {
      assertThat(sums).isEqualTo("COMPATIBLE");
    }
  }

  private Path script(String name) {
    return launcher.checkout.resolve("submit-scripts").resolve(name);
  }

  private static Map<String, String> settings(List<String> submitted) {
    Map<String, String> settings = new TreeMap<>();
    for (int i = 0; i < submitted.size() - 1; i++) {
      if (submitted.get(i).equals("--conf")) {
        String[] setting = submitted.get(i + 1).split("=", 2);
        settings.put(setting[0], setting[1]);
      }
    }
    return settings;
  }

  private static List<String> javaOptions(Map<String, String> settings, String side) {
    String options = settings.get("spark." + side + ".defaultJavaOptions");
    return List.of(Utils.splitCommandString(options).mkString("\n").split("\n"));
  }

  private static String property(List<String> options, String name) {
    String start = "-D" + name + "=";
    return options.stream()
        .filter(option -> option.startsWith(start))
        .map(option -> option.substring(start.length()))
        .findFirst()
        .orElseThrow();
  }
}
