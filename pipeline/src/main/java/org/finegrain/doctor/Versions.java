package org.finegrain.doctor;

import java.util.Locale;
import java.util.Optional;

/**
 * Checks that the driver and every executor run the same versions of finegrain, BigDL, Spark and
 * Java. They send each other objects, and so need the same classes.
 */
record Versions(Jvms jvms) implements Check {
  static final String SPARK = "3.5.";

  @Override
  public String name() {
    return "versions";
  }

  @Override
  public Finding examine() {
    String driver = text(jvms.driver());
    Optional<String> others = jvms.where(jvm -> !text(jvm).equals(driver), Versions::text);
    if (others.isPresent()) {
      return Finding.failed(
          String.format(Locale.ROOT, "%s on the driver, but %s", driver, others.get()),
          "give every host the same Spark and Java, and submit one jar");
    }
    if (!jvms.driver().spark().startsWith(SPARK)) {
      return Finding.failed(driver, "Spark 3.5 is needed; set SPARK_HOME");
    }
    return Finding.ok(jvms.everywhere(driver));
  }

  private static String text(Jvm jvm) {
    return String.format(
        Locale.ROOT,
        "finegrain %s, BigDL %s, Spark %s, Java %s",
        jvm.build().codeVersion(),
        jvm.build().bigdl(),
        jvm.spark(),
        jvm.java());
  }
}
