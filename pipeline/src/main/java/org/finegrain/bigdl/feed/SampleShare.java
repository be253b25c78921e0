package org.finegrain.bigdl.feed;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.finegrain.random.Purpose;
import org.finegrain.random.Seeds;

/** One executor's part of the samples, sorted by id. */
public record SampleShare<S>(List<S> samples, List<String> ids) implements Serializable {

  /**
   * The order in which {@code epoch} sees the samples: sorted by a random number that each draws
   * for itself, so that it does not depend on which others share its executor.
   */
  List<S> order(long seed, int epoch) {
    long[] keys = ids.stream().mapToLong(id -> Seeds.mix(seed, Purpose.ORDER, id, epoch)).toArray();
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingLong(i -> keys[i]).thenComparing(i -> i))
        .<S>map(samples::get)
        .toList();
  }
}
