package org.finegrain.doctor;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Each executor binds its threads to the first cores of its host: two on one host share them. */
record Affinity(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "affinity";
  }

  @Override
  public Finding examine() {
    Map<String, Long> executorsByHost =
        jvms.executors().stream().collect(Collectors.groupingBy(Jvm::host, Collectors.counting()));
    Optional<String> bound =
        jvms.where(
            jvm ->
                executorsByHost.getOrDefault(jvm.host(), 0L) > 1
                    && !jvm.isDriver()
                    && !jvm.engine().affinityDisabled(),
            jvm -> "bound threads");
    return bound
        .map(
            places ->
                Finding.warning(
                    places + ", which share a host",
                    "give -Dbigdl.disableOmpAffinity=true in spark.executor.extraJavaOptions"))
        .orElseGet(() -> Finding.ok("no two executors are bound to the same cores"));
  }
}
