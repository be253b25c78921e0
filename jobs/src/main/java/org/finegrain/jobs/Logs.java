package org.finegrain.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationFactory;
import org.finegrain.train.RunLog;

/** Sets up logging by {@code conf/log4j2.properties}, unless the user names another file. */
final class Logs {
  private static final String PACKAGED = "/org/finegrain/conf/log4j2.properties";

  private Logs() {}

  /** Turns all logging off, except for what belongs into the logs of runs alone. */
  static void turnOff() {
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
    Configurator.setLevel(RunLog.LOGGER, Level.INFO);
  }

  /** Sets up logging, on the console and to the logs of runs. */
  static void configure() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    if (System.getProperty("log4j2.configurationFile") == null
        && System.getProperty("log4j.configurationFile") == null) {
      configure(context);
    }
    RunLogAppender.addTo(context);
  }

  /** Sets up logging by code, as spark-submit does so before the jar is on the class path. */
  private static void configure(LoggerContext context) {
    try (InputStream in = Logs.class.getResourceAsStream(PACKAGED)) {
      context.reconfigure(
          new PropertiesConfigurationFactory()
              .getConfiguration(context, new ConfigurationSource(in)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + PACKAGED + " from the jar", e);
    }
  }
}
