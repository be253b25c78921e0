package org.finegrain.bigdl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;

/**
 * Loads an executor's part of each batch, the next one while the network computes with the present
 * one. What it returns depends on the position alone: a task that is tried again, or a training
 * that resumes, gets the same numbers.
 *
 * <p>Two batches are held: the one that was last taken, and the one being loaded. They lend their
 * arrays to each other, so a batch is valid until the next one is taken.
 */
final class BatchFeed<S> {
  private record Key(String training, int partition) {}

  private static final Map<Key, BatchFeed<?>> FEEDS = new ConcurrentHashMap<>();

  private final BatchSpec<S> spec;
  private final int executor;
  private final SampleShare<S> share;
  private final ThreadPoolExecutor threads;
  private Batch taken;
  private Loading ahead;
  private int orderedEpoch = -1;
  private List<S> order;

  private record Loading(StepPosition position, Batch batch, CompletableFuture<Void> done) {}

  private BatchFeed(BatchSpec<S> spec, int executor, SampleShare<S> share) {
    this.spec = spec;
    this.executor = executor;
    this.share = share;
    this.threads = LoaderThreads.start(spec.training());
  }

  /** The feed of this training in this process; it keeps {@code share}. */
  static <S> BatchFeed<S> of(BatchSpec<S> spec, int partition, Supplier<SampleShare<S>> share) {
    return BigDl.cast(
        FEEDS.computeIfAbsent(
            new Key(spec.training(), partition),
            key -> new BatchFeed<>(spec, partition, share.get())));
  }

  /** Ends the threads of {@code training} in this process. */
  static void close(String training) {
    FEEDS
        .entrySet()
        .removeIf(
            entry -> {
              boolean mine = entry.getKey().training().equals(training);
              if (mine) {
                entry.getValue().threads.shutdownNow();
              }
              return mine;
            });
  }

  /**
   * @throws SampleLoadingException naming the sample
   */
  synchronized Batch take(StepPosition position) {
    if (taken == null || !taken.holds(position)) {
      if (ahead == null || !ahead.position().equals(position)) {
        abandonAhead();
        ahead = startLoading(position, newBatch());
      }
      Loading loading = ahead;
      ahead = null;
      await(loading);
      Batch free = taken;
      taken = loading.batch().at(position);
      StepPosition next = position.next(spec.plan().steps());
      if (next.epoch() < spec.epochs()) {
        ahead = startLoading(next, free == null ? newBatch() : free);
      }
    }
    return taken;
  }

  private Batch newBatch() {
    return new Batch(spec.plan().samplesOf(executor), spec.loader().imageSize());
  }

  private void abandonAhead() {
    if (ahead != null) {
      ahead.done().cancel(false); // its arrays are left to the threads that may still write to them
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
      int at = rows.size();
      rows.add(
          CompletableFuture.runAsync(
              () -> load(sample, position.epoch(), step, batch, at), threads));
    }
    return new Loading(
        position, batch, CompletableFuture.allOf(rows.toArray(CompletableFuture[]::new)));
  }

  private void load(S sample, int epoch, long step, Batch batch, int row) {
    SampleLoader<S> loader = spec.loader();
    try {
      batch.write(row, loader, sample, epoch, step);
    } catch (RuntimeException e) {
      throw new SampleLoadingException(loader.id(sample), epoch, e);
    }
  }

  /**
   * A task that was cancelled gives its core back. Its thread is not interrupted, as that would
   * break the engine's classes for good where they are just being loaded.
   */
  private static void await(Loading loading) {
    try {
      while (!isLoaded(loading)) {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
          throw new IllegalStateException("Cancelled while a batch was loading");
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SampleLoadingException failure
          ? failure
          : new IllegalStateException("Cannot load a batch", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a batch was loading", e);
    }
  }

  private static boolean isLoaded(Loading loading) throws InterruptedException, ExecutionException {
    try {
      loading.done().get(1, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
