package org.finegrain.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundingBoxTest {
  @ParameterizedTest
  @CsvSource({
    "3, 4, 50, 40,  3, 4, 50, 40", // inside
    "60, 50, 80, 70,  60, 50, 37, 33", // beyond the right and the lower edge
    "-1, -2, 50, 40,  0, 0, 49, 38", // beyond the left and the upper edge
    "-9, -9, 500, 500,  0, 0, 97, 83", // beyond all
    "96.5, 0, 10, 1,  96.5, 0, 0.5, 1"
  })
  void isCutAtTheEdges(
      double left,
      double top,
      double width,
      double height,
      double cutLeft,
      double cutTop,
      double cutWidth,
      double cutHeight) {
    assertThat(new BoundingBox(left, top, width, height).within(97, 83))
        .contains(new BoundingBox(cutLeft, cutTop, cutWidth, cutHeight));
  }

  @ParameterizedTest
  @CsvSource({
    "500, 500, 20, 20",
    "97, 0, 20, 20",
    "0, 83, 20, 20",
    "-20, 0, 20, 20",
    "0, -30, 20, 20",
    "3, 4, 0, 40",
    "3, 4, 50, -40"
  })
  void hasNoPartInTheImage(double left, double top, double width, double height) {
    assertThat(new BoundingBox(left, top, width, height).within(97, 83)).isEmpty();
  }
}
