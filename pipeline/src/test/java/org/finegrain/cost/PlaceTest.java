package org.finegrain.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.finegrain.environment.Machine;
import org.junit.jupiter.api.Test;

class PlaceTest {
  private static final Machine MACHINE = new Machine("A CPU", List.of("avx", "avx2"), 8, 1L << 34);

  private static OptionalInt cores(String master) {
    return Place.of(master, MACHINE).localCores();
  }

  @Test
  void aLocalMasterHasCoresOfThisMachine() {
    assertThat(cores("local[*]")).hasValue(8);
    assertThat(cores("local[*, 3]")).hasValue(8);
    assertThat(cores("local[2]")).hasValue(2);
    assertThat(cores("local")).hasValue(1);
    assertThat(cores("yarn")).isEmpty();
    assertThat(cores("spark://local:7077")).isEmpty();
    assertThat(cores("local-cluster[2,1,1024]")).isEmpty();
  }
}
