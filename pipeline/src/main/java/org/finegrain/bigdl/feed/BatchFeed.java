package org.finegrain.bigdl.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.finegrain.bigdl.interop.TaskWait;
import org.finegrain.engine.SampleLoader;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.StepPosition;

/**
 * Loads an executor's part of each batch. While the network computes one batch, threads load the
 * next. The numbers of a batch depend on its position alone, so a resumed training gets the same.
 *
 * <p>There are two batches, the one that was taken last and the one that is being loaded. They take
 * turns with their arrays: a batch is valid until the next one is taken.
 */
public final class BatchFeed<S> implements AutoCloseable {
  private final BatchSpec<S> spec;
  private final int executor;
  private final SampleShare<S> share;
  private final ThreadPoolExecutor threads;
  private Batch taken;
  private Loading ahead;
  private int orderedEpoch = -1;
  private List<S> order;

  /** A batch that threads are loading, and when they are done. */
  private record Loading(StepPosition position, Batch batch, CompletableFuture<Void> done) {}

  /**
   * Starts the threads; {@link #close} ends them.
   *
   * @param executor the number of this executor, from 0
   * @param share the samples that it holds
   * @param cores the number of threads to load with
   */
  public BatchFeed(BatchSpec<S> spec, int executor, SampleShare<S> share, int cores) {
    this.spec = spec;
    this.executor = executor;
    this.share = share;
    this.threads = LoaderThreads.start(spec.training(), cores);
  }

  /** Ends the threads. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  /**
   * Returns the batch of a step. Waits until it is loaded, and begins to load the one that follows.
   *
   * @throws SampleLoadingException if a sample cannot be loaded
   */
  public Batch take(StepPosition position) {
    if (ahead == null || !ahead.position().equals(position)) {
      abandonAhead();
      ahead = startLoading(position, newBatch());
    }
    Loading loading = ahead;
    ahead = null;
    await(loading);
    Batch free = taken;
    taken = loading.batch();
    StepPosition next = position.next(spec.plan().steps());
    if (next.epoch() < spec.epochs()) {
      ahead = startLoading(next, free == null ? newBatch() : free);
    }
    return taken;
  }

  private Batch newBatch() {
    return new Batch(spec.plan().samplesOf(executor), spec.loader().imageSize());
  }

  private void abandonAhead() {
    if (ahead != null) {
      ahead.done().cancel(false); // its arrays are not reused: the threads may still write to them
      ahead = null;
    }
  }

  private Loading startLoading(StepPosition position, Batch batch) {
    if (position.epoch() != orderedEpoch) {
      order = share.order(spec.seed(), position.epoch());
      orderedEpoch = position.epoch();
    }
    long step = position.index(spec.plan().steps());
    List<CompletableFuture<Void>> rows = new ArrayList<>();
    for (S sample : spec.plan().batch(order, executor, position.step())) {
      int row = rows.size();
      rows.add(
          CompletableFuture.runAsync(
              () -> load(sample, position.epoch(), step, batch, row), threads));
    }
    return new Loading(
        position, batch, CompletableFuture.allOf(rows.toArray(CompletableFuture[]::new)));
  }

  private void load(S sample, int epoch, long step, Batch batch, int row) {
    SampleLoader<S> loader = spec.loader();
    try {
      batch.write(row, loader, sample, epoch, step);
    } catch (RuntimeException e) {
      throw SampleLoadingException.inEpoch(epoch, loader.id(sample), e);
    }
  }

  private static void await(Loading loading) {
    try {
      TaskWait.await(loading.done(), "a batch");
    } catch (CompletionException e) {
      throw e.getCause() instanceof SampleLoadingException failure
          ? failure
          : new IllegalStateException("Cannot load a batch", e.getCause());
    }
  }
}
