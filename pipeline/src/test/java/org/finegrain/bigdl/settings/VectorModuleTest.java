package org.finegrain.bigdl.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the vector module in JVMs that are started without it. */
class VectorModuleTest {
  @Test
  void isLoadedWithoutAWarning() throws Exception {
    assertThat(probe("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED"))
        .isEqualTo("true class jdk.incubator.vector.FloatVector null\n");
    assertThat(probe()).isEqualTo("false\n");
  }

  private static String probe(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classes(VectorModule.class) + ":" + classes(Probe.class)));
    command.add(Probe.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return printed;
  }

  private static String classes(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** The main class of such a JVM: finds a class of the module as the kernels do. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
      if (!VectorModule.isThere()) {
        System.out.println(false);
        return;
      }
      Class<?> vector = Class.forName("jdk.incubator.vector.FloatVector");
      System.out.println(true + " " + vector + " " + vector.getClassLoader());
    }
  }
}
