package org.finegrain.doctor;

/** Spark and BigDL reach into Java's own packages. */
record OpenPackages(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "add-opens";
  }

  @Override
  public Finding examine() {
    return jvms.where(jvm -> !jvm.closed().isEmpty(), jvm -> String.join(" ", jvm.closed()))
        .map(
            places ->
                Finding.failed(
                    "Closed: " + places,
                    "give --add-opens=java.base/PACKAGE=ALL-UNNAMED in spark.driver.extraJavaOptions and spark.executor.extraJavaOptions, as conf/spark-standalone.conf does"))
        .orElseGet(() -> Finding.ok(jvms.everywhere("all packages are open")));
  }
}
