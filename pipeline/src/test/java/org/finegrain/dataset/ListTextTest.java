package org.finegrain.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListTextTest {
  @ParameterizedTest
  @CsvSource({"UTF-8,''", "UTF-8,\uFEFF", "UTF-16LE,\uFEFF", "UTF-16BE,\uFEFF"})
  void readsWhatEditorsAndShellsWrite(String charset, String mark) {
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      String text = mark + "1 a" + end + "2 Pa\u0301jaro" + end;
      assertThat(ListText.lines("images.txt", text.getBytes(Charset.forName(charset))))
          .containsExactly("1 a", "2 P\u00E1jaro");
    }
  }

  @Test
  void namesTheRowThatIsNoText() {
    byte[] latin = "1 a\n2 P\u00E1jaro\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> ListText.lines("images.txt", latin))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "images.txt:2: found bytes that are not UTF-8; save the file as UTF-8, or restore it"
                + " from the original archive");
    byte[] unmarked = "1 a\n".getBytes(StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> ListText.lines("images.txt", unmarked))
        .hasMessageStartingWith(
            "images.txt:1: found a NUL character, as in UTF-16 without a byte order mark");
  }
}
