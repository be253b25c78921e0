package org.finegrain.bigdl.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockManagerAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.finegrain.bigdl.interop.Place;

/**
 * The executors of an application in a fixed number of seats, which groups share out among
 * themselves. When an executor is lost, its seat is free until Spark has replaced it. A replacement
 * takes a free seat of its host, if there is one, as it most likely replaces that executor.
 */
final class ExecutorPlaces extends SparkListener {
  /** A seat, whose executor is null while it is free. */
  private static final class Seat {
    private Place executor;
    private String host;

    void take(Place place) {
      executor = place;
      host = place.host();
    }
  }

  private final List<Seat> seats;
  private final List<Place> spare = new ArrayList<>();
  private final Map<String, String> losses = new HashMap<>();

  private ExecutorPlaces(int count) {
    seats = Stream.generate(Seat::new).limit(count).toList();
  }

  /** Makes so many free seats. */
  static ExecutorPlaces of(int count) {
    return new ExecutorPlaces(count);
  }

  /**
   * Seats the executors that are registered, those of one host side by side, and follows the coming
   * and going of executors from now on.
   *
   * @param count the number of executors that the application's settings fix
   */
  static ExecutorPlaces follow(SparkContext spark, int count) {
    ExecutorPlaces places = new ExecutorPlaces(count);
    spark.addSparkListener(places);
    Place.registered(spark).stream()
        .sorted(
            Comparator.comparing(Place::host)
                .thenComparing(place -> place.executor().length())
                .thenComparing(Place::executor))
        .forEach(places::add);
    return places;
  }

  /** Is told of each executor later than by its registration, when tasks can store blocks there. */
  @Override
  public void onBlockManagerAdded(SparkListenerBlockManagerAdded added) {
    if (!added.blockManagerId().isDriver()) {
      add(new Place(added.blockManagerId().executorId(), added.blockManagerId().host()));
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    remove(removed.executorId(), removed.reason().strip());
  }

  synchronized void add(Place place) {
    boolean isKnown =
        losses.containsKey(place.executor())
            || spare.contains(place)
            || seats.stream().anyMatch(seat -> place.equals(seat.executor));
    if (!isKnown) {
      spare.add(place);
      seatSpare();
    }
  }

  synchronized void remove(String executor, String reason) {
    losses.put(executor, String.format(Locale.ROOT, "executor %s was lost (%s)", executor, reason));
    spare.removeIf(place -> place.executor().equals(executor));
    for (Seat seat : seats) {
      if (seat.executor != null && seat.executor.executor().equals(executor)) {
        seat.executor = null;
      }
    }
    seatSpare();
  }

  private void seatSpare() {
    for (Place place : List.copyOf(spare)) {
      List<Seat> free = seats.stream().filter(seat -> seat.executor == null).toList();
      free.stream()
          .filter(seat -> place.host().equals(seat.host))
          .findFirst()
          .or(() -> free.stream().findFirst())
          .ifPresent(
              seat -> {
                seat.take(place);
                spare.remove(place);
              });
    }
  }

  /**
   * Returns the executors in the seats from {@code from} on; fewer than {@code count} if any is
   * free.
   */
  synchronized List<Place> seated(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> seats.get(i).executor)
        .filter(place -> place != null)
        .toList();
  }

  /** Returns in a phrase for the user how an executor was lost; empty if it was not. */
  synchronized Optional<String> loss(Place place) {
    return Optional.ofNullable(losses.get(place.executor()));
  }
}
