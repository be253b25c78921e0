package org.finegrain.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityTest {
  @Test
  void durationsHaveTwoUnits() {
    assertThat(Quantity.duration(8.6)).isEqualTo("9 s");
    assertThat(Quantity.duration(59.7)).isEqualTo("1 min 0 s");
    assertThat(Quantity.duration(3 * 3600 + 35 * 60 + 12)).isEqualTo("3 h 35 min");
    assertThat(Quantity.duration(18 * 86_400.0 + 3 * 3600 + 59)).isEqualTo("18 d 3 h");
  }

  @Test
  void sizesAreInPowersOf1000() {
    assertThat(Quantity.bytes(0)).isEqualTo("0.0 kB");
    assertThat(Quantity.bytes(999_949)).isEqualTo("999.9 kB");
    assertThat(Quantity.bytes(999_950)).isEqualTo("1.0 MB");
    assertThat(Quantity.bytes(34_400_000_000L)).isEqualTo("34.4 GB");
  }

  @Test
  void hoursHaveTheDigitsThatAReaderUses() {
    assertThat(Quantity.hours(60)).isEqualTo("0.017");
    assertThat(Quantity.hours(3600 * 3.44)).isEqualTo("3.4");
    assertThat(Quantity.hours(3600 * 12_345.6)).isEqualTo("12,346");
  }

  @Test
  void countsHaveNouns() {
    assertThat(Quantity.counted(1, "trial")).isEqualTo("1 trial");
    assertThat(Quantity.counted(2_000, "trial")).isEqualTo("2,000 trials");
  }
}
