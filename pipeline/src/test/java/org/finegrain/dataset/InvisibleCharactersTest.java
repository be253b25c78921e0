package org.finegrain.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvisibleCharactersTest {
  @Test
  void escapesWhatATerminalDoesNotShow() {
    assertThat(InvisibleCharacters.escape("\uFEFF1\u200B2\u00A03\u202E4\t5\u001B[31m"))
        .isEqualTo("\\uFEFF1\\u200B2\\u00A03\\u202E4\\u00095\\u001B[31m");
  }

  @Test
  void leavesEveryOtherText() {
    String text = "Pájaro – 鳥 🐦, a \"b\" (c)\nnext line";
    assertThat(InvisibleCharacters.escape(text)).isSameAs(text);
  }

  @Test
  void everyMessageAboutDataIsEscaped() {
    assertThat(new DataException("found '\uFEFF1'")).hasMessage("found '\\uFEFF1'");
  }
}
