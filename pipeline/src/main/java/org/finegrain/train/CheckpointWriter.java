package org.finegrain.train;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.MDC;

/**
 * Writes the checkpoints of an attempt while the training goes on, one at a time. The training
 * brings a state, hands it over, and computes; before it brings the next one, it waits for the
 * write. So there is one state of a training in the driver's heap, as there would be without this
 * class.
 *
 * <p>A checkpoint counts when it is published, and not when it is handed over. A write that failed
 * is thrown by the next call of any method.
 */
final class CheckpointWriter implements AutoCloseable {
  private final Checkpoints checkpoints;
  private final int keep;
  private final StateRoom room;
  private final long bytes;
  private final ExecutorService thread;

  private CompletableFuture<Void> inFlight = CompletableFuture.completedFuture(null);
  private StateRoom.Place place;

  /**
   * Starts the writer.
   *
   * @param keep the number of the newest checkpoints that are kept
   * @param room the room for states of all trainings of this process
   * @param bytes the most bytes that a state takes on the driver until it is written
   */
  CheckpointWriter(Checkpoints checkpoints, int keep, StateRoom room, long bytes) {
    this.checkpoints = checkpoints;
    this.keep = keep;
    this.room = room;
    this.bytes = bytes;
    Map<String, String> run = MDC.getCopyOfContextMap(); // so that the run's log has its warnings
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread writing =
                  new Thread(
                      () -> {
                        MDC.setContextMap(run == null ? Map.of() : run);
                        work.run();
                      },
                      "finegrain-checkpoints");
              writing.setDaemon(true);
              return writing;
            });
  }

  /** Waits until there is room for the training's next state. Whoever brings one calls it first. */
  void awaitRoom() throws IOException {
    await();
    giveRoomBack();
    place = room.take(bytes);
  }

  /**
   * Begins to write a checkpoint, and then to delete those that are no longer wanted.
   *
   * @param bestEpoch the epoch whose checkpoint is kept in any case
   */
  void write(Checkpoint checkpoint, int bestEpoch) throws IOException {
    await();
    StateRoom.Place ofState = place;
    place = null;
    CompletableFuture<Void> written = new CompletableFuture<>();
    inFlight = written;
    thread.execute(
        () -> {
          try {
            checkpoints.write(checkpoint);
            checkpoints.prune(keep, bestEpoch);
            written.complete(null);
          } catch (Throwable e) { // Errors too, such as of memory that ran out
            written.completeExceptionally(e);
          } finally {
            if (ofState != null) {
              ofState.close();
            }
          }
        });
  }

  /** Throws what has failed so far, and does not wait. */
  void check() throws IOException {
    if (inFlight.isCompletedExceptionally()) {
      await();
    }
  }

  /** Waits until the checkpoint that is being written is published, or has failed. */
  void await() throws IOException {
    CompletableFuture<Void> written = inFlight;
    inFlight = CompletableFuture.completedFuture(null);
    try {
      written.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      } else if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      } else if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e;
    }
  }

  private void giveRoomBack() {
    if (place != null) {
      place.close();
      place = null;
    }
  }

  /** Waits as {@link #await} does, and ends the thread. */
  @Override
  public void close() throws IOException {
    try {
      await();
    } finally {
      thread.shutdown();
      giveRoomBack();
    }
  }
}
