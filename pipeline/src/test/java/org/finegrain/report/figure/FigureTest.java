package org.finegrain.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class FigureTest {
  private final Figure figure =
      new Figure(
          "eta",
          "Top-1 & <more>",
          List.of(
              plot("k = 3", List.of("2", "auto"), point(0, 40, 2), point(1, 44, Double.NaN)),
              plot(
                  "curves", List.of(), point(1, 10, 1), point(2, Double.NaN, 0), point(3, 20, 1))));

  @Test
  void svgIsWellFormedAndSelfContained() throws Exception {
    String svg = figure.svg();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("Top-1 & <more>");
    assertThat(document.getElementsByTagName("text").getLength()).isGreaterThan(10);
    assertThat(svg).doesNotContain("NaN", "<script", "href");
    assertThat(figure.svg()).isEqualTo(svg);
  }

  @Test
  void pngIsTwiceTheSizeOfTheSvg() throws Exception {
    var image = ImageIO.read(new ByteArrayInputStream(figure.png()));
    assertThat(image.getWidth()).isEqualTo(2 * 800);
    assertThat(figure.svg()).contains("viewBox=\"0 0 800 " + image.getHeight() / 2);
  }

  @Test
  void seriesDifferWithoutColours() {
    Set<String> looks = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      LineStyle style = LineStyle.of(i);
      looks.add(style.dash() + " " + style.marker());
    }
    assertThat(looks).hasSize(20);
  }

  @Test
  void plotsAndLegendAreDocumentsOfTheirOwn() {
    assertThat(figure.plotSvgs())
        .hasSize(2)
        .allSatisfy(svg -> assertThat(svg).contains("viewBox=\"0 0 400 290\""));
    assertThat(figure.legendSvgs()).containsOnlyKeys("a <b>");
    assertThat(figure.legendSvgs().get("a <b>")).contains("<polyline", "<circle");
  }

  private static Plot plot(String title, List<String> categories, Series.Point... points) {
    return new Plot(title, "x", "y", categories, List.of(new Series("a <b>", List.of(points))));
  }

  private static Series.Point point(double x, double y, double spread) {
    return new Series.Point(x, y, spread, List.of());
  }
}
