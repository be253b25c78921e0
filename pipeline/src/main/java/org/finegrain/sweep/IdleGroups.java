package org.finegrain.sweep;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups of executors that train no trial now. A group that lacks an executor gets none as long
 * as another can train it, so that one group whose executor is lost for good does not make one
 * trial after the other fail.
 *
 * @param <G> a group
 */
final class IdleGroups<G> {
  private static final Logger LOG = LoggerFactory.getLogger(IdleGroups.class);

  private final int count;
  private final Predicate<G> isWhole;
  private final Duration poll;
  private final Deque<G> idle;

  /**
   * Makes the pool of all groups, which are idle.
   *
   * @param isWhole returns whether a group has all its executors now
   * @param poll the time between two looks at groups that are not whole
   */
  IdleGroups(List<G> groups, Predicate<G> isWhole, Duration poll) {
    this.count = groups.size();
    this.isWhole = isWhole;
    this.poll = poll;
    this.idle = new ArrayDeque<>(groups);
  }

  /**
   * Takes a group for a trial. Waits for one that has all its executors, unless no group trains any
   * more: then it takes any, as the training waits for lost executors itself.
   *
   * @param isUsable returns whether trials can be trained at all
   * @return a group; empty as soon as none can be trained
   */
  synchronized Optional<G> take(BooleanSupplier isUsable) throws InterruptedException {
    boolean hasSaid = false;
    while (isUsable.getAsBoolean()) {
      for (Iterator<G> groups = idle.iterator(); groups.hasNext(); ) {
        G group = groups.next();
        if (isWhole.test(group)) {
          groups.remove();
          return Optional.of(group);
        }
      }
      if (idle.size() == count) {
        return Optional.of(idle.remove());
      }
      if (!idle.isEmpty() && !hasSaid) {
        LOG.warn(
            "{} of {} groups of executors lack an executor; the others go on", idle.size(), count);
        hasSaid = true;
      }
      TimeUnit.MILLISECONDS.timedWait(this, poll.toMillis());
    }
    return Optional.empty();
  }

  /** Gives a group back. */
  synchronized void add(G group) {
    idle.add(group);
    notifyAll();
  }
}
