package org.finegrain.bigdl.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.finegrain.bigdl.interop.Place;
import org.junit.jupiter.api.Test;

class ExecutorPlacesTest {
  private static final Place A0 = new Place("0", "a");
  private static final Place A1 = new Place("1", "a");
  private static final Place B2 = new Place("2", "b");
  private static final Place B3 = new Place("3", "b");

  private final ExecutorPlaces places = ExecutorPlaces.of(4);

  private void seatAll() {
    places.add(A0);
    places.add(A1);
    places.add(B2);
    places.add(B3);
  }

  @Test
  void aReplacementTakesTheSeatOfItsHost() {
    seatAll();
    places.remove("0", "killed");
    places.remove("3", "killed");
    assertThat(places.seated(0, 2)).containsExactly(A1);
    assertThat(places.seated(2, 2)).containsExactly(B2);
    assertThat(places.loss(A0)).hasValue("executor 0 was lost (killed)");
    assertThat(places.loss(A1)).isEmpty();

    Place replacement = new Place("4", "b");
    places.add(replacement);
    places.add(replacement);
    assertThat(places.seated(0, 2)).as("it waits for its own").containsExactly(A1);
    assertThat(places.seated(2, 2)).containsExactly(B2, replacement);
  }

  @Test
  void anotherHostReplacesOneThatIsGone() {
    seatAll();
    places.remove("0", "its host is gone");
    Place elsewhere = new Place("4", "c");
    places.add(elsewhere);
    assertThat(places.seated(0, 2)).containsExactly(elsewhere, A1);
  }

  @Test
  void aSurplusExecutorWaitsForASeat() {
    seatAll();
    Place surplus = new Place("4", "c");
    places.add(surplus);
    places.remove("2", "killed");
    assertThat(places.seated(2, 2)).containsExactly(surplus, B3);
  }

  @Test
  void aLostExecutorDoesNotComeBackByLateNews() {
    places.remove("0", "killed");
    places.add(A0);
    assertThat(places.seated(0, 4)).isEmpty();
  }
}
