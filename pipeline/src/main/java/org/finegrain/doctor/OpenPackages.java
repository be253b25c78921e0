package org.finegrain.doctor;

/** Checks that Java's own packages are open where Spark and BigDL reach into them. */
record OpenPackages(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "add-opens";
  }

  @Override
  public Finding examine() {
    return jvms.where(
            jvm -> !jvm.closedPackages().isEmpty(), jvm -> String.join(" ", jvm.closedPackages()))
        .map(
            places ->
                Finding.failed(
                    "Java does not open " + places,
                    "give --add-opens=java.base/PACKAGE=ALL-UNNAMED in spark.driver.extraJavaOptions and spark.executor.extraJavaOptions, as conf/spark-standalone.conf does"))
        .orElseGet(() -> Finding.ok(jvms.everywhere("all packages are open")));
  }
}
