package org.finegrain.doctor;

/** Spark 3.5 and BigDL 2.4 are run, and this is built, on Java 17. */
record JavaVersion(Jvms jvms) implements Check {
  private static final int VERSION = 17;

  @Override
  public String name() {
    return "java";
  }

  @Override
  public Finding examine() {
    return jvms.where(
            jvm -> Runtime.Version.parse(jvm.java()).feature() != VERSION,
            jvm -> "Java " + jvm.java())
        .map(
            places ->
                Finding.failed(
                    places,
                    "Java 17 is needed; set JAVA_HOME there, or spark.executorEnv.JAVA_HOME"))
        .orElseGet(() -> Finding.ok(jvms.everywhere("Java " + jvms.driver().java())));
  }
}
