package org.finegrain.report.figure;

import java.util.List;

/**
 * A plot of a square matrix of shares, darker where they are larger.
 *
 * @param size the number of rows and of columns
 * @param cells the cells whose share is not 0
 */
public record MatrixPlot(String title, String xLabel, String yLabel, int size, List<Cell> cells)
    implements Plot {
  /**
   * A cell.
   *
   * @param row the index of its row, from 0 at the top
   * @param column the index of its column, from 0 at the left
   * @param share from 0 to 1
   */
  public record Cell(int row, int column, double share) {}

  @Override
  public List<String> legend() {
    return Shade.ALL.stream().map(Shade::name).toList();
  }

  @Override
  public int height() {
    return Figure.SQUARE_HEIGHT;
  }
}
