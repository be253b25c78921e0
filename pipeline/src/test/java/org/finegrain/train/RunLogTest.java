package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.finegrain.train.TinyExperiment.folder;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.hadoop.conf.Configuration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.finegrain.storage.Folder;
import org.finegrain.storage.NoAppendFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

class RunLogTest {
  private static final String RUN = "7f3a19c04d2e";

  @TempDir private Path temporary;

  @Test
  void attemptsAppendTheirLines() throws IOException {
    assertAppends(folder(temporary));
  }

  /** Writes the log of two attempts into a run folder, in whichever store it is. */
  static void assertAppends(Folder run) throws IOException {
    for (String attempt : new String[] {"first", "second"}) {
      try (RunLog log = RunLog.open(run, RUN, "finegrain train")) {
        assertThat(MDC.get(RunLog.RUN)).isEqualTo(RUN);
        assertThat(RunLog.of(RUN)).contains(log);
        log.add("the " + attempt + " line\n  and one below\n");
      }
    }
    assertThat(MDC.get(RunLog.RUN)).isNull();
    assertThat(RunLog.of(RUN)).isEmpty();
    assertThat(run.text(RunLog.FILE))
        .isEqualTo("the first line\n  and one below\nthe second line\n  and one below\n");
  }

  @Test
  void aStoreThatCannotAppendHoldsTheWholeAtTheEnd() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.noappend.impl", NoAppendFileSystem.class.getName());
    Folder run = Folder.at("noappend://store" + temporary.resolve("run"), configuration);
    run.append(RunLog.FILE, "of an earlier attempt");
    try (RunLog log = RunLog.open(run, RUN, "")) {
      Collections.nCopies(3, "a line").forEach(log::add);
    }
    assertThat(run.lines(RunLog.FILE))
        .containsExactly("of an earlier attempt", "a line", "a line", "a line");
  }

  @Test
  void aLogThatCannotBeWrittenIsOneWarning() throws IOException {
    Files.writeString(temporary.resolve("file"), "");
    Folder impossible = folder(temporary.resolve("file/run"));
    StringWriter warnings = new StringWriter();
    Logger logger = (Logger) LogManager.getLogger(RunLog.class);
    WriterAppender appender =
        WriterAppender.createAppender(
            PatternLayout.newBuilder().withPattern("%p %m%n").build(),
            null,
            warnings,
            "warnings",
            false,
            true);
    appender.start();
    logger.addAppender(appender);
    try (RunLog log = RunLog.open(impossible, RUN, "")) {
      for (int i = 0; i < 100; i++) {
        log.add("line " + i);
      }
    } finally {
      logger.removeAppender(appender);
    }
    assertThat(warnings.toString())
        .startsWith(
            "WARN Cannot write " + impossible.location(RunLog.FILE) + ", and the run goes on")
        .hasLineCount(1);
  }
}
