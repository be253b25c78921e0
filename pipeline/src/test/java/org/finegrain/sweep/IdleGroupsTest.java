package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class IdleGroupsTest {
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isUsable = new AtomicBoolean(true);
  private final IdleGroups<String> groups =
      new IdleGroups<>(List.of("a", "b"), it -> !broken.contains(it), Duration.ofMillis(10));

  @Test
  void aWholeGroupComesFirst() throws Exception {
    broken.add("a");
    assertThat(groups.take(isUsable::get)).contains("b");
  }

  @Test
  void aTrialWaitsForTheWholeGroupWhileOneTrains() throws Exception {
    CompletableFuture<String> second = waitsForAWholeGroup();
    groups.add("b");
    assertThat(second.get(1, TimeUnit.MINUTES)).isEqualTo("b");
  }

  @Test
  void aTrialTakesTheGroupThatIsWholeAgain() throws Exception {
    CompletableFuture<String> second = waitsForAWholeGroup();
    broken.clear();
    assertThat(second.get(1, TimeUnit.MINUTES)).isEqualTo("a");
  }

  @Test
  void whereNoneIsWholeAndNoneTrainsTheTrainingWaits() throws Exception {
    broken.addAll(Set.of("a", "b"));
    assertThat(groups.take(isUsable::get)).contains("a");
  }

  @Test
  void aSignalEndsTheWaiting() throws Exception {
    CompletableFuture<String> second = waitsForAWholeGroup();
    isUsable.set(false);
    assertThat(second.get(1, TimeUnit.MINUTES)).isEqualTo("none");
  }

  /** Takes b, and then asks for another group, while a is broken. */
  private CompletableFuture<String> waitsForAWholeGroup() throws Exception {
    broken.add("a");
    groups.take(isUsable::get);
    CompletableFuture<String> second =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return groups.take(isUsable::get).orElse("none");
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    TimeUnit.MILLISECONDS.sleep(50);
    assertThat(second).isNotDone();
    return second;
  }
}
