package org.finegrain.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.finegrain.process.JavaProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class FigureTest {
  private final Figure figure = SampleFigure.ofEveryKind();

  @TempDir Path temporary;

  @Test
  void svgIsWellFormedAndSelfContained() throws Exception {
    String svg = figure.svg();
    assertThat(parse(svg).getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("Top-1 & <more>");
    assertThat(texts(svg))
        .contains("η", "auto", "calibrated", "A & <i>", "x <1>", "true class", "<one> (1.00)")
        .contains("CD = 1.50", "up to 5 %", "a <b>");
    assertThat(svg).doesNotContain("NaN", "<script", "href", "clip", "id=");
  }

  @Test
  void equalFiguresGiveEqualBytes() throws Exception {
    assertThat(SampleFigure.ofEveryKind().svg()).isEqualTo(figure.svg());
    assertThat(SampleFigure.ofEveryKind().png()).isEqualTo(figure.png());
  }

  @Test
  void svgIsTheSameWithoutAnyFontAndInAnyLanguage() throws Exception {
    Path fonts = Files.writeString(temporary.resolve("fonts.conf"), "<fontconfig/>");
    try (JavaProcess fontless =
        JavaProcess.start(
            temporary,
            Map.of("FONTCONFIG_FILE", fonts.toString()),
            SampleFigure.class,
            List.of(
                "-Duser.home=" + temporary, // where Java remembers the fonts that it found
                "-Duser.language=ar",
                "-Duser.country=EG"),
            List.of())) {
      assertThat(fontless.exitCode()).as(fontless.err()).isZero();
      assertThat(fontless.out()).isEqualTo(figure.svg() + "no font\n");
    }
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
  void shadesDifferInGrey() {
    List<Double> greys = new ArrayList<>(List.of(grey(Color.WHITE)));
    Shade.ALL.forEach(shade -> greys.add(grey(shade.color())));
    for (int i = 1; i < greys.size(); i++) {
      assertThat(greys.get(i - 1) - greys.get(i)).isGreaterThan(0.15);
    }
  }

  /** Returns the luma of a colour from 0 to 1, which is what a grey print shows (ITU-R BT.601). */
  private static double grey(Color color) {
    return (0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue()) / 255;
  }

  @Test
  void plotsAndLegendAreDocumentsOfTheirOwn() {
    assertThat(figure.plotSvgs("A figure"))
        .hasSize(7)
        .allSatisfy(svg -> assertThat(svg).contains("viewBox=\"0 0 400 "));
    assertThat(figure.legendSvgs())
        .containsOnlyKeys(
            "a <b>", "calibrated", "up to 5 %", "5 to 20 %", "20 to 50 %", "above 50 %");
    assertThat(figure.legendSvgs().get("a <b>")).contains("<path", "stroke=\"#0072b2\"");
  }

  @Test
  void plotsOfTheSameQuantityShareTheirRange() {
    Figure two =
        new Figure(
            "two",
            "",
            List.of(
                SampleFigure.lines(new LinePlot.Numbers("x"), SampleFigure.point(1, 10)),
                SampleFigure.lines(new LinePlot.Numbers("x"), SampleFigure.point(1, 90))));
    assertThat(two.plotSvgs("A figure"))
        .allSatisfy(svg -> assertThat(svg).contains(">20</text>", ">80</text>"));
    assertThat(two.plotSvgs("A figure").get(0)).contains("A figure, a title, y over x");
  }

  @Test
  void sharesDoNotGoBeyondAHundred() {
    Plot plot =
        new LinePlot(
            "",
            new LinePlot.Numbers("epoch"),
            "top-1 (%)",
            List.of(
                new Series("a", List.of(SampleFigure.point(1, 99), SampleFigure.point(2, 100)))));
    assertThat(texts(new Figure("f", "", List.of(plot)).svg()))
        .contains("100.0")
        .noneMatch(text -> text.startsWith("100.") && !text.equals("100.0"));
  }

  @Test
  void namesThatAreTooLongAreCut() {
    String svg =
        new Figure(
                "f",
                "",
                List.of(
                    new LinePlot(
                        "",
                        new LinePlot.Numbers("x"),
                        "y",
                        List.of(new Series("m".repeat(90), List.of(SampleFigure.point(1, 1)))))))
            .svg();
    assertThat(texts(svg)).anyMatch(text -> text.matches("m{20,40}…"));
  }

  @Test
  void manyPointsAreNamedInTheLegend() {
    List<PointPlot.Point> points = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      points.add(new PointPlot.Point("method " + i, i, 70, 1));
    }
    Figure many = new Figure("p", "", List.of(new PointPlot("", "x", "y", points)));
    assertThat(many.legendSvgs()).hasSize(9);
    assertThat(texts(many.svg())).containsOnlyOnce("method 8");
    assertThat(many.plotSvgs("A figure").get(0)).doesNotContain("method");
  }

  @Test
  void barsHaveLabelsOnlyWhereThereIsRoom() {
    assertThat(bars(10)).contains(">class 7</text>");
    assertThat(bars(200)).doesNotContain(">class 7</text>");
  }

  private static String bars(int count) {
    List<BarPlot.Bar> bars = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bars.add(new BarPlot.Bar("class " + i, 50, 1));
    }
    return new Figure("bars", "", List.of(new BarPlot("", "class", "accuracy", bars))).svg();
  }

  @Test
  void cellsOfOneShadeAreOneElement() {
    List<MatrixPlot.Cell> cells = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      cells.add(new MatrixPlot.Cell(i, i, 0.9));
      cells.add(new MatrixPlot.Cell(i, 199 - i, 0.03));
    }
    String svg = new Figure("m", "", List.of(new MatrixPlot("", "x", "y", 200, cells))).svg();
    assertThat(svg.lines().filter(line -> line.startsWith("<path fill=\"#9ecae1\""))).hasSize(2);
    assertThat(svg.length()).isLessThan(40_000);
  }

  @Test
  void barsOfADiagramJoinMethodsThatDoNotDiffer() {
    List<RankPlot.Method> methods =
        List.of(
            new RankPlot.Method("a", 1),
            new RankPlot.Method("b", 2),
            new RankPlot.Method("c", 3),
            new RankPlot.Method("a name that is far too long for the room beside the axis", 4));
    assertThat(bars(methods, 1)).isZero(); // from the difference on, they differ
    assertThat(bars(methods, 1.5)).isEqualTo(3);
    assertThat(bars(methods, 2.5)).isEqualTo(2);
    assertThat(bars(methods, 9)).isEqualTo(1);
    assertThat(texts(new Figure("r", "", List.of(new RankPlot("", methods, 1))).svg()))
        .anyMatch(text -> text.matches("a name.*… \\(4\\.00\\)"));
  }

  private static long bars(List<RankPlot.Method> methods, double criticalDifference) {
    String svg = new Figure("r", "", List.of(new RankPlot("", methods, criticalDifference))).svg();
    return svg.lines().filter(line -> line.contains("stroke-width=\"4\"")).count();
  }

  @Test
  void labelsOfPointsDoNotCoverOneAnother() {
    List<PointPlot.Point> points = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      points.add(new PointPlot.Point("method " + i, i == 5 ? 3 : 1, 70, Double.NaN));
    }
    NodeList texts =
        parse(new Figure("p", "", List.of(new PointPlot("", "x", "y", points))).svg())
            .getElementsByTagName("text");
    Set<String> places = new HashSet<>();
    for (int i = 0; i < texts.getLength(); i++) {
      var place = texts.item(i).getAttributes();
      if (texts.item(i).getTextContent().startsWith("method")) {
        places.add(place.getNamedItem("x") + " " + place.getNamedItem("y"));
      }
    }
    assertThat(places).hasSize(6);
  }

  private static List<String> texts(String svg) {
    NodeList nodes = parse(svg).getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  private static Document parse(String svg) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    } catch (Exception e) {
      throw new AssertionError(svg, e);
    }
  }
}
