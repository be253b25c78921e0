package org.finegrain.bigdl.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.finegrain.bigdl.criterion.TrainingTarget;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.engine.EpochPlan;
import org.finegrain.engine.SampleLoader;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.StepPosition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchFeedTest {
  private static final int STEPS = 3;
  private static final int SAMPLES = 2;

  private final Numbers loader = new Numbers();
  private final SampleShare<Integer> share = share(7);

  private final BatchFeed<Integer> feed = feed();

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void givesEachSampleOnceInAnEpochAndEpochsDifferInOrder() {
    List<List<Integer>> epochs =
        IntStream.range(0, 2)
            .mapToObj(
                epoch ->
                    IntStream.range(0, STEPS)
                        .boxed()
                        .flatMap(step -> samples(feed, new StepPosition(epoch, step)).stream())
                        .toList())
            .toList();
    assertThat(epochs.get(0)).doesNotHaveDuplicates().hasSize(6).isNotEqualTo(epochs.get(1));
    assertThat(epochs.get(0)).isEqualTo(share.order(5, 0).subList(0, 6));
  }

  @Test
  void givesTheSameBatchWhereverItBegins() {
    StepPosition last = new StepPosition(1, 2);
    samples(feed, new StepPosition(1, 1));
    List<Integer> inOrder = samples(feed, last);
    try (BatchFeed<Integer> other = feed()) {
      assertThat(samples(other, last)).isEqualTo(inOrder);
      samples(other, new StepPosition(0, 1));
      assertThat(samples(other, last)).isEqualTo(inOrder);
    }
  }

  @Test
  void loadsTheNextBatchAhead() throws InterruptedException {
    samples(feed, new StepPosition(0, 0));
    Integer next = share.order(5, 0).get(SAMPLES);
    assertThat(loader.loading(next).await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void namesTheSampleThatCannotBeLoaded() {
    loader.broken.addAll(share.samples());
    assertThatThrownBy(() -> samples(feed, new StepPosition(1, 0)))
        .isInstanceOf(SampleLoadingException.class)
        .hasMessageMatching("Cannot load sample n\\d for epoch 2: .*broken");
  }

  @Test
  void theOrderOfTwoSamplesDoesNotDependOnTheOthers() {
    List<Integer> all = share(100).order(5, 3);
    assertThat(share(50).order(5, 3)).isEqualTo(all.stream().filter(n -> n < 50).toList());
  }

  private BatchFeed<Integer> feed() {
    return new BatchFeed<>(
        new BatchSpec<>("a", loader, 5, new EpochPlan(STEPS, SAMPLES, 1), 2), 0, share, 2);
  }

  private static List<Integer> samples(BatchFeed<Integer> feed, StepPosition position) {
    Batch batch = feed.take(position);
    Tensor<Object> target = batch.target();
    assertThat(TrainingTarget.read(target).step()).isEqualTo(position.index(STEPS));
    float[] values = BigDl.copy(batch.images());
    return IntStream.range(0, SAMPLES)
        .mapToObj(
            row -> {
              int sample = (int) values[row * 3];
              assertThat(TrainingTarget.read(target).labels()[row]).isEqualTo(sample);
              assertThat(values[row * 3 + 1]).isEqualTo(position.epoch());
              return sample;
            })
        .toList();
  }

  private static SampleShare<Integer> share(int samples) {
    List<Integer> numbers = IntStream.range(0, samples).boxed().toList();
    return new SampleShare<>(numbers, numbers.stream().map(n -> "n" + n).toList());
  }

  /** A loader whose images have one pixel, with the channels sample, epoch and 0. */
  private static final class Numbers implements SampleLoader<Integer> {
    private final Set<Integer> broken = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<Integer, CountDownLatch> loading = new ConcurrentHashMap<>();

    CountDownLatch loading(Integer sample) {
      return loading.computeIfAbsent(sample, absent -> new CountDownLatch(1));
    }

    @Override
    public String id(Integer sample) {
      return "n" + sample;
    }

    @Override
    public int label(Integer sample) {
      return sample;
    }

    @Override
    public int imageSize() {
      return 1;
    }

    @Override
    public void load(Integer sample, int epoch, float[] pixels, int offset) {
      loading(sample).countDown();
      if (broken.contains(sample)) {
        throw new IllegalArgumentException("broken");
      }
      Arrays.fill(pixels, offset, offset + 3, 0);
      pixels[offset] = sample;
      pixels[offset + 1] = epoch;
    }
  }
}
