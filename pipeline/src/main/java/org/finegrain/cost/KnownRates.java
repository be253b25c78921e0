package org.finegrain.cost;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rates that are known: for some executors, the speed of some networks. */
final class KnownRates {
  private final Map<Hardware, Map<NetworkKey, KnownRate>> rates = new LinkedHashMap<>();

  /**
   * Collects rates. A rate that was seen in whole runs counts before one that was measured, and of
   * two measured ones the later.
   */
  static KnownRates of(Collection<KnownRate> all) {
    KnownRates known = new KnownRates();
    all.forEach(known::add);
    return known;
  }

  private void add(KnownRate rate) {
    rates
        .computeIfAbsent(rate.hardware(), it -> new LinkedHashMap<>())
        .merge(
            rate.network(),
            rate,
            (one, other) -> other.isMeasured() && !one.isMeasured() ? one : other);
  }

  /** Returns all rates. */
  List<KnownRate> all() {
    return rates.values().stream().flatMap(it -> it.values().stream()).toList();
  }

  /**
   * Chooses the executors for which the time of a sweep can be told best: those with rates for the
   * most trials, then with the most runs.
   */
  Optional<Hardware> bestFor(List<Workload> trials, Place place) {
    Comparator<Hardware> order =
        Comparator.comparingLong(
                (Hardware hardware) ->
                    trials.stream().filter(it -> rate(it.network(), hardware).isPresent()).count())
            .thenComparingInt(
                hardware -> rates.get(hardware).values().stream().mapToInt(KnownRate::runs).sum())
            .thenComparing(hardware -> hardware.fields().toString());
    return rates.keySet().stream().filter(place::has).max(order);
  }

  /** Returns the executors with rates that do not hold at {@code place}. */
  List<Hardware> elsewhere(Place place) {
    return rates.keySet().stream().filter(hardware -> !place.has(hardware)).toList();
  }

  Optional<KnownRate> rate(NetworkKey network, Hardware hardware) {
    return Optional.ofNullable(rates.getOrDefault(hardware, Map.of()).get(network));
  }
}
