package org.finegrain.bigdl.settings;

import java.lang.reflect.Method;

/**
 * Java's incubating module of vector instructions. {@code --add-modules} adds it to a JVM, which
 * then prints a warning before all other output. With {@code --add-exports
 * java.base/jdk.internal.module=ALL-UNNAMED} instead, this class loads it without the warning; the
 * compiled code is the same.
 */
final class VectorModule {
  static final String NAME = "jdk.incubator.vector";

  private static final class Loaded {
    static final boolean IS_THERE = ModuleLayer.boot().findModule(NAME).isPresent() || load();
  }

  private VectorModule() {}

  /** Returns whether this JVM has the module. Loads it if the JVM allows that. */
  static boolean isThere() {
    return Loaded.IS_THERE;
  }

  private static boolean load() {
    try {
      Method loadModule =
          Class.forName("jdk.internal.module.Modules").getMethod("loadModule", String.class);
      return loadModule.invoke(null, NAME) != null;
    } catch (ReflectiveOperationException e) {
      return false; // the package is not exported
    }
  }
}
