package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"plain", "", "a,b", "\"q\"", "=1+1", "-", "it's", "a, \"b\", c"})
  void whatIsWrittenIsRead(String text) {
    assertThat(CsvLine.parse(CsvLine.of(List.of(text, "next", text))))
        .containsExactly(text, "next", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"cut", "a,\"cut, here", "\"a\"b"})
  void aCutFieldIsRefused(String line) {
    assertThatThrownBy(() -> CsvLine.parse(line)).isInstanceOf(IllegalArgumentException.class);
  }
}
