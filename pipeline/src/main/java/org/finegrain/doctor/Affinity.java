package org.finegrain.doctor;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks that no two executors bind their threads to the same cores. Each one binds them to the
 * first cores of its host, unless {@code -Dbigdl.disableOmpAffinity=true} is given.
 */
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
                    places + " of the same host",
                    "give -Dbigdl.disableOmpAffinity=true in spark.executor.extraJavaOptions"))
        .orElseGet(() -> Finding.ok("no two executors are bound to the same cores"));
  }
}
