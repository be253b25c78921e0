package org.finegrain.train;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkException;
import org.finegrain.config.ConfigException;
import org.finegrain.dataset.DataException;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.storage.UnreadableFileException;

/** The cause of a failure, which decides whether another attempt may succeed. */
public enum FailureCause {
  /** Executors were lost, or Spark failed in another way. */
  CLUSTER(true),
  /** A file system failed or is full. */
  STORAGE(true),
  /** Memory ran out. */
  MEMORY(true),
  /** Another process is at work on the same. */
  LEASE(true),
  /** The data, or a file, are damaged, missing or forbidden. */
  DATA(false),
  /** The configuration does not fit. */
  CONFIGURATION(false),
  /** The cause is none of the others; an equal attempt is expected to fail in the same way. */
  OTHER(false);

  private final boolean isWorthRetry;

  FailureCause(boolean isWorthRetry) {
    this.isWorthRetry = isWorthRetry;
  }

  /** Returns whether the same work may succeed when it is tried again, with nothing changed. */
  public boolean isWorthRetry() {
    return isWorthRetry;
  }

  /** Returns the name for a reader and for files, such as {@code cluster}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the cause of a failure, from it and the exceptions that it wraps. Data that are at
   * fault count before all else, as Spark and the engine wrap them. A {@link RunException} is a
   * fault of the configuration, unless it says that the cluster did not recover.
   */
  public static FailureCause of(Throwable failure) {
    List<FailureCause> found = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      FailureCause kind = ofOne(cause);
      if (kind == DATA) {
        return kind;
      }
      if (kind != OTHER) {
        found.add(kind);
      }
    }
    for (FailureCause kind : List.of(MEMORY, CLUSTER, CONFIGURATION)) {
      if (found.contains(kind)) {
        return kind;
      }
    }
    return found.isEmpty() ? OTHER : found.get(0);
  }

  private static FailureCause ofOne(Throwable failure) {
    if (failure instanceof LeaseHeldException) {
      return LEASE;
    }
    if (failure instanceof DataException
        || failure instanceof SampleLoadingException
        || failure instanceof UnreadableFileException
        || isAbsenceOrRefusal(failure)) {
      return DATA;
    }
    if (failure instanceof ConfigException || failure instanceof RunException) {
      return CONFIGURATION;
    }
    if (failure instanceof OutOfMemoryError) {
      return MEMORY;
    }
    if (failure instanceof IOException || failure instanceof FSError) {
      return STORAGE;
    }
    return failure instanceof TrainingFailedException || failure instanceof SparkException
        ? CLUSTER
        : OTHER;
  }

  private static boolean isAbsenceOrRefusal(Throwable failure) {
    return failure instanceof FileNotFoundException
        || failure instanceof NoSuchFileException
        || failure instanceof AccessDeniedException
        || failure instanceof AccessControlException;
  }
}
