package org.finegrain.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatexTextTest {
  @Test
  void escapesCommands() {
    assertThat(LatexText.escape("\\input{a_b} & 5 % $x$ #1 ~^"))
        .isEqualTo(
            "\\textbackslash{}input\\{a\\_b\\} \\& 5 \\% \\$x\\$ \\#1 \\textasciitilde{}\\textasciicircum{}");
  }

  @Test
  void printsSigns() {
    assertThat(LatexText.escape("<a|b> --set [x] *"))
        .isEqualTo("\\textless{}a\\textbar{}b\\textgreater{} -{}-set {[}x{]} {*}");
    assertThat(LatexText.escape("−1 ± 2, η")).isEqualTo("$-$1 $\\pm$ 2, $\\eta$");
  }

  @Test
  void unknownLettersBecomeCodePoints() {
    assertThat(LatexText.escape("Krüger\t鳥 🐦")).isEqualTo("Krüger U+9CE5 U+1F426");
  }

  @Test
  void aLongWordMayBreak() {
    assertThat(LatexText.paragraph("in /a/very/long/path/to/a/folder/and/its/file.json"))
        .startsWith("in /\\allowbreak{}a\\allowbreak{}/");
  }
}
