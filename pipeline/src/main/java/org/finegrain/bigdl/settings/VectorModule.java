package org.finegrain.bigdl.settings;

import java.lang.reflect.Method;

/**
 * Java's incubating module of vector instructions. {@code --add-modules} gives it to a JVM, which
 * then warns of it before all other output; where {@code --add-exports
 * java.base/jdk.internal.module=ALL-UNNAMED} is given instead, it is loaded here, with the same
 * compiled code and without the warning.
 */
final class VectorModule {
  static final String NAME = "jdk.incubator.vector";

  private static final class Loaded {
    static final boolean IS_THERE = ModuleLayer.boot().findModule(NAME).isPresent() || load();
  }

  private VectorModule() {}

  /** Returns whether this JVM has the module, and loads it if it may. */
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
