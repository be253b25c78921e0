package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.finegrain.storage.Folder;
import org.finegrain.train.RunException;
import org.finegrain.train.RunLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RunLogAppenderTest {
  private static final String TIME = "^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-9:]{8}\\.[0-9]{3}Z ";

  @TempDir private Path temporary;

  @BeforeAll
  static void addAppender() {
    RunLogAppender.addTo((LoggerContext) LogManager.getContext(false));
  }

  @Test
  void runsInOneProcessHaveLogsOfTheirOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<?>> runs =
        List.of(threads.submit(() -> logOf("run1")), threads.submit(() -> logOf("run2")));
    for (Future<?> run : runs) {
      run.get();
    }
    threads.shutdown();
    for (String run : List.of("run1", "run2")) {
      assertThat(log(run))
          .hasSize(4)
          .allSatisfy(line -> assertThat(line).containsPattern(TIME + "(INFO |WARN ) "))
          .first()
          .asString()
          .contains("run " + run + " begins, by finegrain ")
          .endsWith(": finegrain train --out runs");
      assertThat(log(run).subList(1, 4)).allSatisfy(line -> assertThat(line).endsWith("of " + run));
    }
  }

  private Void logOf(String run) throws IOException {
    Logger finegrain = LoggerFactory.getLogger("org.finegrain.train.Progress");
    Logger other = LoggerFactory.getLogger("org.example.Other");
    try (RunLog log = RunLog.open(folder(run), run, "finegrain train --out runs")) {
      assertThat(log).isNotNull();
      for (int i = 0; i < 3; i++) {
        finegrain.warn("line of {}", run);
        other.error("line of another library");
      }
    }
    finegrain.warn("line after {}", run);
    return null;
  }

  @Test
  void anUnexplainedFailureLeavesItsStackTrace() throws IOException {
    try (RunLog log = RunLog.open(folder("failed"), "failed", "")) {
      log.failed(new RunException("Cannot split batch 3"));
      log.failed(new IllegalStateException("no such layer"));
    }
    List<String> lines = log("failed");
    assertThat(lines.get(1)).matches(TIME + "ERROR run failed failed: Cannot split batch 3");
    assertThat(lines.get(2)).matches(TIME + "ERROR run failed failed");
    assertThat(lines.get(3)).isEqualTo("java.lang.IllegalStateException: no such layer");
    assertThat(lines.get(4)).startsWith("\tat " + RunLogAppenderTest.class.getName());
  }

  private Folder folder(String run) throws IOException {
    return Folder.at(temporary.resolve(run).toUri().toString(), new Configuration(false));
  }

  private List<String> log(String run) throws IOException {
    return Files.readAllLines(temporary.resolve(run).resolve(RunLog.FILE));
  }
}
