package org.finegrain.bigdl.feed;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.engine.SampleLoader;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.ScoredSample;

/**
 * Computes the logits of samples, batch by batch. While the network computes one batch, threads
 * load the next. All batches have the same size: a last batch that is not full is filled up with
 * old pixels, whose logits are dropped.
 */
public final class BatchScoring<S> implements Iterator<ScoredSample>, AutoCloseable {
  private final AbstractModule<Activity, Activity, Object> network;
  private final SampleLoader<S> loader;
  private final Iterator<S> samples;
  private final int batchSize;
  private final ThreadPoolExecutor threads;
  private final Queue<ScoredSample> scored = new ArrayDeque<>();

  private Loading<S> ahead;
  private float[] spare;
  private long forwardNanos;

  /** A batch that threads are loading, and when they are done. */
  private record Loading<S>(List<S> samples, float[] pixels, CompletableFuture<Void> done) {}

  /**
   * Starts the threads and the loading of the first batch; {@link #close} ends them.
   *
   * @param network in evaluation mode, with the logits as its only output
   * @param cores the number of threads to load with
   */
  public BatchScoring(
      AbstractModule<Activity, Activity, Object> network,
      SampleLoader<S> loader,
      Iterator<S> samples,
      int batchSize,
      int cores) {
    this.network = network;
    this.loader = loader;
    this.samples = samples;
    this.batchSize = batchSize;
    this.threads = LoaderThreads.start("scoring", cores);
    ahead = load(new float[batchSize * imageLength()]);
    spare = new float[batchSize * imageLength()];
  }

  private int imageLength() {
    return 3 * loader.imageSize() * loader.imageSize();
  }

  /**
   * Computes a batch if the last one is used up.
   *
   * @throws SampleLoadingException if a sample cannot be loaded
   */
  @Override
  public boolean hasNext() {
    if (scored.isEmpty() && !ahead.samples().isEmpty()) {
      scoreBatch();
    }
    return !scored.isEmpty();
  }

  @Override
  public ScoredSample next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return scored.remove();
  }

  private void scoreBatch() {
    Loading<S> batch = ahead;
    await(batch.done());
    ahead = load(spare);
    spare = batch.pixels();

    int side = loader.imageSize();
    Tensor<Object> images = BigDl.tensor(batch.pixels(), batchSize, 3, side, side);
    long begin = System.nanoTime();
    float[] logits = BigDl.copy(BigDl.cast(network.forward(images)));
    forwardNanos += System.nanoTime() - begin;
    int classes = logits.length / batchSize;
    for (int i = 0; i < batch.samples().size(); i++) {
      S sample = batch.samples().get(i);
      scored.add(
          new ScoredSample(
              loader.id(sample),
              loader.label(sample),
              Arrays.copyOfRange(logits, i * classes, (i + 1) * classes)));
    }
  }

  private Loading<S> load(float[] pixels) {
    List<S> batch = new ArrayList<>();
    while (batch.size() < batchSize && samples.hasNext()) {
      batch.add(samples.next());
    }
    CompletableFuture<?>[] parts = new CompletableFuture<?>[batch.size()];
    for (int i = 0; i < parts.length; i++) {
      S sample = batch.get(i);
      int offset = i * imageLength();
      parts[i] = CompletableFuture.runAsync(() -> load(sample, pixels, offset), threads);
    }
    return new Loading<>(batch, pixels, CompletableFuture.allOf(parts));
  }

  private void load(S sample, float[] pixels, int offset) {
    try {
      loader.load(sample, 0, pixels, offset);
    } catch (RuntimeException e) {
      throw SampleLoadingException.whileScoring(loader.id(sample), e);
    }
  }

  private static void await(CompletableFuture<Void> loaded) {
    try {
      loaded.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SampleLoadingException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Returns the time of all forward passes so far, in nanoseconds. */
  public long forwardNanos() {
    return forwardNanos;
  }

  /** Returns whether all samples were scored and handed out. */
  public boolean isDone() {
    return scored.isEmpty() && ahead.samples().isEmpty();
  }

  /** Ends the threads. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
