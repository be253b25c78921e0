package org.finegrain.bigdl.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiddenMemberTest {
  @TempDir Path otherVersion;

  @Test
  void thisBigDlHasThemAll() {
    assertThat(HiddenMember.fault()).isEmpty();
  }

  @Test
  void namesWhatAnotherVersionOfBigDlLacks() throws Exception {
    Path source =
        Files.createDirectories(otherVersion.resolve("com/intel/analytics/bigdl/dllib/nn/mkldnn"))
            .resolve("DnnGraph.java");
    Files.writeString(
        source,
        """
        package com.intel.analytics.bigdl.dllib.nn.mkldnn;

        class DnnGraph {
          Object forwardExecution() {
            return null;
          }
        }
        """);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
        .isZero();

    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Object fault = loader.loadClass(HiddenMember.class.getName()).getMethod("fault").invoke(null);

      assertThat(fault.toString())
          .contains(
              "Cannot use the BigDL on the class path, which has no"
                  + " nn.mkldnn.DnnGraph.backwardExecution: finegrain needs BigDL 2.4.0;");
    }
  }

  /** The class path of this JVM, with the other version before it. */
  private URL[] classPath() throws MalformedURLException {
    List<URL> entries = new ArrayList<>(List.of(otherVersion.toUri().toURL()));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toUri().toURL());
    }
    return entries.toArray(URL[]::new);
  }
}
