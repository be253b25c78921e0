package org.finegrain.jobs;

import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.finegrain.train.RunLog;

/**
 * Hands finegrain's log lines to the {@link RunLog} of the run that their thread carries out. It is
 * added by code and not by {@code log4j2.properties}, because {@code spark-submit} reads that file
 * before this class is on the class path, and because a user may name another file.
 */
final class RunLogAppender extends AbstractAppender {
  private static final String NAME = "run-log";
  private static final String FINEGRAIN = "org.finegrain";
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}{UTC} %-5p %m%n%ex"; // times as in finegrain's other files

  private final PatternLayout layout;

  private RunLogAppender(PatternLayout layout) {
    super(NAME, null, layout, true, Property.EMPTY_ARRAY);
    this.layout = layout;
  }

  /** Adds the appender to the configuration of {@code context}, unless it is there already. */
  static void addTo(LoggerContext context) {
    Configuration configuration = context.getConfiguration();
    if (configuration.getAppender(NAME) != null) {
      return;
    }
    RunLogAppender appender =
        new RunLogAppender(
            PatternLayout.newBuilder()
                .withPattern(PATTERN)
                .withCharset(StandardCharsets.UTF_8)
                .build());
    appender.start();
    configuration.addAppender(appender);
    configuration.getLoggerConfig(FINEGRAIN).addAppender(appender, null, null);
    LoggerConfig alone = new LoggerConfig(RunLog.LOGGER, Level.INFO, false);
    alone.addAppender(appender, null, null);
    configuration.addLogger(RunLog.LOGGER, alone);
    context.updateLoggers();
  }

  @Override
  public void append(LogEvent event) {
    String logger = event.getLoggerName();
    if (logger.startsWith(FINEGRAIN) || logger.equals(RunLog.LOGGER)) {
      String run = event.getContextData().getValue(RunLog.RUN);
      RunLog.of(run).ifPresent(log -> log.add(layout.toSerializable(event)));
    }
  }
}
