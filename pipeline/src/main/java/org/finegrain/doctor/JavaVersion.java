package org.finegrain.doctor;

/** Checks that every process runs on Java 17, the version that finegrain is built and tested on. */
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
