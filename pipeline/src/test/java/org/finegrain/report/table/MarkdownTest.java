package org.finegrain.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {
  @Test
  void escapesEveryText() {
    String hostile = "a|b <i> `x` $y$ ~~z~~\n*w*";
    Table table =
        new Table(
            "name",
            hostile,
            List.of(hostile),
            List.of(hostile),
            List.of(
                new Panel(
                    hostile,
                    List.of(new Panel.Row(List.of(hostile), List.of(Cell.of(hostile, hostile)))))),
            List.of(hostile),
            List.of(),
            List.of());
    String text = Markdown.of(table);
    String escaped = "a\\|b \\<i\\> \\`x\\` \\$y\\$ \\~\\~z\\~\\~ \\*w\\*";
    assertThat(text.split("a\\\\\\|b", -1)).as("its places").hasSize(9);
    assertThat(text.replace(escaped, "")).doesNotContain("<i>", "`", "$", "~", "*");
    assertThat(text.lines().filter(line -> line.startsWith("|")).toList())
        .containsExactly(
            "| " + escaped + " | " + escaped + " |",
            "| --- | ---: |",
            "| " + escaped + " | " + escaped + " (" + escaped + ") |");
  }
}
