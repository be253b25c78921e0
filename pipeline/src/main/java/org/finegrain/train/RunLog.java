package org.finegrain.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.finegrain.environment.Build;
import org.finegrain.storage.Folder;
import org.finegrain.storage.LeaseHeldException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The file {@code run.log} of a run folder, which holds what finegrain logs while it carries out
 * the run. Further attempts are appended.
 *
 * <p>While a run is carried out, SLF4J's diagnostic context of its thread names the run under
 * {@link #RUN}. The logging system finds the log of that run {@link #of by its id} and {@link #add
 * adds} the lines of the thread, so that several runs in one process have logs of their own. A
 * thread of its own writes the file, because a store may be slow. The run goes on if the file
 * cannot be written.
 */
public final class RunLog implements AutoCloseable {
  /** The name of the file within the run folder. */
  public static final String FILE = "run.log";

  /** The key of the diagnostic context whose value is the run id. */
  public static final String RUN = "run";

  /** The name of the logger whose lines belong into run logs alone, and not on the console. */
  public static final String LOGGER = "finegrain.run";

  /** The time between two writes to a store that cannot append, where each writes the whole. */
  private static final int SECONDS_BETWEEN_REWRITES = 30;

  private static final int MAX_SECONDS_TO_CLOSE = 10;
  private static final int MAX_WAITING = 10_000; // lines, while the store does not take them

  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
  private static final Logger ALONE = LoggerFactory.getLogger(LOGGER);
  private static final Map<String, RunLog> OPEN = new ConcurrentHashMap<>();

  private final Folder runFolder;
  private final String runId;
  private final int secondsBetweenWrites;
  private final ScheduledThreadPoolExecutor writer;
  private final List<String> waiting = new ArrayList<>();
  private Optional<Future<?>> nextWrite = Optional.empty();
  private boolean warned;

  private RunLog(Folder runFolder, String runId, int secondsBetweenWrites) {
    this.runFolder = runFolder;
    this.runId = runId;
    this.secondsBetweenWrites = secondsBetweenWrites;
    this.writer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "run-log-" + runId);
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Opens the log of a run that this thread begins to carry out. The same thread closes it.
   *
   * @param command the command line
   */
  public static RunLog open(Folder runFolder, String runId, String command) throws IOException {
    RunLog log =
        new RunLog(runFolder, runId, runFolder.showsGrowingFiles() ? 0 : SECONDS_BETWEEN_REWRITES);
    OPEN.put(runId, log);
    MDC.put(RUN, runId);
    ALONE.info(
        "run {} begins, by finegrain {} in process {}: {}",
        runId,
        Build.current().codeVersion(),
        ProcessHandle.current().pid(),
        command);
    return log;
  }

  /** Returns the open log of a run; empty if this process does not carry the run out. */
  public static Optional<RunLog> of(String runId) {
    return Optional.ofNullable(runId).map(OPEN::get);
  }

  /** Adds a text of one or more lines. Returns at once; the text is written soon after. */
  public void add(String text) {
    synchronized (waiting) {
      text.lines().forEach(waiting::add);
      if (nextWrite.isEmpty()) {
        nextWrite =
            Optional.of(writer.schedule(this::write, secondsBetweenWrites, TimeUnit.SECONDS));
      }
    }
  }

  /** Adds a line that says how the run ended, in words that the user also gets elsewhere. */
  public void ended(String how) {
    ALONE.info("{}", how);
  }

  /**
   * Adds the failure that ended the run. It comes with its stack trace, unless its message explains
   * it.
   */
  public void failed(Throwable failure) {
    if (failure instanceof RunException
        || (failure instanceof IOException && failure.getMessage() != null)) {
      ALONE.error("run {} failed: {}", runId, failure.getMessage());
    } else {
      ALONE.error("run {} failed", runId, failure);
    }
  }

  private void write() {
    List<String> lines;
    synchronized (waiting) {
      lines = List.copyOf(waiting);
      waiting.clear();
      nextWrite = Optional.empty();
    }
    try {
      if (!lines.isEmpty()) {
        runFolder.append(FILE, lines);
      }
    } catch (LeaseHeldException e) {
      LOG.debug("The log is another process's now: {}", e.getMessage()); // the run ends by it too
    } catch (IOException | RuntimeException e) {
      keep(lines);
      warn(e);
    }
  }

  /** Keeps lines for the next write, unless too many wait already. */
  private void keep(List<String> lines) {
    synchronized (waiting) {
      if (waiting.size() + lines.size() <= MAX_WAITING) {
        waiting.addAll(0, lines);
      }
    }
  }

  private void warn(Exception e) {
    if (!warned) {
      warned = true;
      LOG.warn(
          "Cannot write {}, and the run goes on without: {}",
          runFolder.location(FILE),
          e.getMessage());
    }
  }

  /** Writes the lines that wait, and ends the log. */
  @Override
  public void close() {
    MDC.remove(RUN);
    OPEN.remove(runId, this);
    writer.shutdown();
    boolean idle = false;
    try {
      idle = writer.awaitTermination(MAX_SECONDS_TO_CLOSE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (idle) {
      write();
    }
  }
}
