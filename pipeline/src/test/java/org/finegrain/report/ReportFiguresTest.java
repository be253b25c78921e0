package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.report.figure.Figure;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReportFiguresTest {
  private static final List<String> DATASETS = List.of("cub", "aircraft", "cars", "dogs");
  private static final Pattern TEXT = Pattern.compile(">([^<>]+)</text>");

  @RegisterExtension static final ReportSpark SPARK = new ReportSpark();

  @TempDir Path temporary;

  @Test
  void aPaperHasEveryKindOfFigure() throws Exception {
    Map<String, String> figures = figures(DATASETS, 3, true);
    assertThat(figures.keySet())
        .contains("ranks-attention", "curves-attention-cub", "curves-loss-cub")
        .contains("cost-attention-cub", "confusion-cub", "classes-cub", "reliability-dogs")
        .doesNotContain("cost-loss-cub", "ranks-loss-cub"); // networks of equal cost
    assertThat(texts(figures.get("cost-attention-cub")))
        .contains("parameters (million)", "multiply-adds of an image (billion)", "none", "CBAM")
        .contains("A&lt;b&gt;A&lt;/b&gt;M");
    assertThat(texts(figures.get("ranks-attention")))
        .contains("CD = 3.05", "none (5.00)", "A&lt;b&gt;A&lt;/b&gt;M (1.00)");
    assertThat(figures.get("ranks-attention"))
        .contains("4 datasets: Friedman&#39;s test has p &lt; 0.001.");
    assertThat(texts(figures.get("classes-cub")))
        .contains("10 classes", "Gull, &quot;grey&quot; &lt;b&gt;");
    assertThat(figures.get("confusion-cub")).contains("the row with the highest mean accuracy");
    assertThat(texts(figures.get("confusion-cub")))
        .contains("A&lt;b&gt;A&lt;/b&gt;M", "true class", "above 50 %");
    assertThat(texts(figures.get("reliability-cub")))
        .contains("none", "SE", "ECA", "accuracy equal to confidence");
    assertThat(figures.values()).allSatisfy(svg -> assertThat(svg).doesNotContain("<b>", "NaN"));
  }

  @Test
  void captionsOfALossComparisonWarnOfItsScales() throws Exception {
    Map<String, String> figures = figures(List.of("cub"), 2, true);
    assertThat(figures.get("curves-loss-cub"))
        .contains("bands of ± one sample standard deviation", "heights cannot be compared");
    assertThat(figures.get("curves-attention-cub")).doesNotContain("heights cannot be compared");
  }

  @Test
  void whatIsNotKnownIsLeftOut() throws Exception {
    Map<String, String> figures = figures(List.of("cub", "cars"), 1, false);
    assertThat(figures).doesNotContainKey("ranks-attention"); // of fewer than three datasets
    assertThat(texts(figures.get("cost-attention-cub")))
        .contains("parameters (million)")
        .doesNotContain("multiply-adds of an image (billion)");
    assertThat(figures.get("cost-attention-cub")).contains("with one seed for each point.");
  }

  @Test
  void aSingleTrialHasItsCurvesAndPredictions() throws Exception {
    FakeSweep one =
        new FakeSweep(temporary.resolve("one"), "one").completed("cub", "2", "3", 1, 0.5);
    Map<String, String> figures = figures(one.build());
    assertThat(figures)
        .containsOnlyKeys("curves-cub", "confusion-cub", "classes-cub", "reliability-cub");
    assertThat(figures.get("curves-cub")).contains("with one seed for each point.");
    assertThat(figures.get("confusion-cub")).doesNotContain("the row with the highest mean");
  }

  @Test
  void figuresOfASliceSayThatTheyAreNoBenchmarkResult() throws Exception {
    Path sweep = FakePaper.write(temporary.resolve("slice"), List.of("cub", "cars"), 1, true);
    Files.writeString(
        sweep.resolve("datasets.json"),
        """
        {"format": 1, "datasets": [{"dataset": "cub", "fingerprint": "f1cub", "classes": 10,
          "counts": {"train": {"images": 90}, "val": {"images": 10}, "test": {"images": 200}},
          "official-counts": {"classes": 200, "train": 5994, "test": 5794}}]}
        """);
    Map<String, String> figures = figures(sweep);
    for (String name :
        List.of("curves-attention", "cost-attention", "confusion", "classes", "reliability")) {
      assertThat(figures.get(name + "-cub"))
          .contains("Not the full dataset, so no benchmark result: CUB-200-2011 (partial).");
      assertThat(figures.get(name + "-cars")).doesNotContain("Not the full dataset");
    }
  }

  @Test
  void equalSweepsGiveEqualBytes() throws Exception {
    Path sweep = FakePaper.write(temporary.resolve("sweep"), List.of("cub"), 2, true);
    assertThat(figures(sweep)).isEqualTo(figures(sweep));
  }

  private Map<String, String> figures(List<String> datasets, int seeds, boolean multiplyAdds)
      throws Exception {
    return figures(
        FakePaper.write(temporary.resolve("sweep-" + seeds), datasets, seeds, multiplyAdds));
  }

  /** Returns name → SVG of the figures of a report. */
  private static Map<String, String> figures(Path sweep) throws Exception {
    Folder folder = Folder.at(sweep.toString(), new Configuration());
    Map<String, String> figures = new TreeMap<>();
    for (Figure figure : SPARK.report(List.of(folder), Optional.empty()).figures()) {
      figures.put(figure.name(), figure.svg());
    }
    return figures;
  }

  private static List<String> texts(String svg) {
    List<String> texts = new ArrayList<>();
    TEXT.matcher(svg).results().forEach(text -> texts.add(text.group(1)));
    return texts;
  }
}
