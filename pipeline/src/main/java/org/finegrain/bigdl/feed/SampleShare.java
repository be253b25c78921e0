package org.finegrain.bigdl.feed;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.finegrain.random.Purpose;
import org.finegrain.random.Seeds;

/**
 * The samples that one executor holds, sorted by id.
 *
 * @param samples the samples
 * @param ids their ids, in the same order
 */
public record SampleShare<S>(List<S> samples, List<String> ids) implements Serializable {

  /**
   * Returns the samples in the order of an epoch. Each sample gets a random number of its own, and
   * the samples are sorted by it. So the order of any two samples does not depend on the others.
   *
   * @param epoch from 0
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
