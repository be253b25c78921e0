package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLineTest {
  @Test
  void textWithSeparatorsIsQuoted() {
    assertThat(CsvLine.of(List.of("Ram \"1500\", 2012", "a\nb", "plain text")))
        .isEqualTo("\"Ram \"\"1500\"\", 2012\",\"a\nb\",plain text");
  }

  @Test
  void textIsNoFormulaAndNumbersAreNumbers() {
    assertThat(CsvLine.of(List.of("=1+1", "-1", "@x", -1, 2.5))).isEqualTo("'=1+1,'-1,'@x,-1,2.5");
  }

  @Test
  void nullIsNothing() {
    assertThat(CsvLine.of(Arrays.asList("a", null, true))).isEqualTo("a,,true");
  }
}
