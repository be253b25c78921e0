package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.report.statistics.Hits;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PredictionsScanTest {
  private static final int IMAGES = 200;
  @RegisterExtension static final ReportSpark SPARK = new ReportSpark();

  @TempDir Path temporary;

  @Test
  void reducesTheSeedsOfARow() throws Exception {
    ResultsReader.Read read =
        read(
            new FakeSweep(temporary.resolve("sweep"), "demo")
                .completed("cub", "2", "3", 2, 0.5)
                .completed("cub", "2", "3", 1, 0.8)
                .completed("cub", "3", "3", 1, 0.9));
    assertThat(read.faults()).isEmpty();
    RowPredictions row = predictions(read, 0).orElseThrow();
    assertThat(row.seeds()).containsExactly(1L, 2L);
    assertThat(row.hits().hits())
        .containsExactly(new Hits(160, IMAGES), new Hits(100, IMAGES))
        .isEqualTo(List.copyOf(group(read, 0).bySeed().values()));
    assertThat(row.images()).isEqualTo(predictions(read, 1).orElseThrow().images());

    // Of both seeds, images 0 to 99 are right; of the second one 100 to 199 are one class off.
    assertThat(row.confusion().cells().mapToLong(ConfusionCounts.Cell::count).sum())
        .isEqualTo(2 * IMAGES);
    assertThat(row.confusion().count(3, 3)).isEqualTo(16 + 10);
    assertThat(row.confusion().count(3, 4)).isEqualTo(4 + 10);
    assertThat(row.confusion().count(3, 5)).isZero();
    assertThat(row.classes())
        .hasSize(FakePredictions.CLASSES)
        .startsWith(
            new RowPredictions.ClassHits("Gull, \"grey\" <b>", 20, 26),
            new RowPredictions.ClassHits("=Albatross", 20, 26));
  }

  @Test
  void reliabilityIsThatOfTheCalibrationError() throws Exception {
    ResultsReader.Read read =
        read(
            new FakeSweep(temporary.resolve("sweep"), "demo")
                .completed("cub", "2", "3", 1, 0.8)
                .completed("cub", "2", "3", 2, 0.5));
    List<ReliabilityBin> bins = predictions(read, 0).orElseThrow().reliability();
    assertThat(bins).hasSize(15);
    assertThat(bins.stream().mapToLong(ReliabilityBin::count).sum()).isEqualTo(2 * IMAGES);
    assertThat(bins.stream().mapToLong(ReliabilityBin::hits).sum()).isEqualTo(160 + 100);
    // Confidence is 0.3, 0.4 … 0.9: in (4/15, 5/15], (5/15, 6/15] … (13/15, 14/15].
    assertThat(bins.get(4)).isEqualTo(new ReliabilityBin(58, sum(0.3, 58), 23 + 15));
    assertThat(bins.get(13).count()).isEqualTo(56);
    assertThat(bins.get(14)).isEqualTo(ReliabilityBin.EMPTY);
    assertThat(List.of(ReliabilityBin.of(0), ReliabilityBin.of(1.0 / 15), ReliabilityBin.of(1)))
        .containsExactly(0, 0, 14);
  }

  private static double sum(double value, int times) {
    double half = 0; // seeds are added one after the other
    for (int i = 0; i < times / 2; i++) {
      half += value;
    }
    return half + half;
  }

  @Test
  void aTrialOfTwoTablesIsReadOnceForBoth() throws Exception {
    ResultsReader.Read read =
        read(
            new FakeSweep(temporary.resolve("sweep"), "demo")
                .completed("cub", "2", "3", 1, 0.8)
                .completed("cub", "2", "5", 1, 0.7)
                .completed("cub", "3", "3", 1, 0.5));
    assertThat(read.comparisons()).extracting(Comparison::name).containsExactly("eta", "k");
    for (Comparison comparison : read.comparisons()) {
      for (Comparison.Part part : comparison.parts()) {
        for (Comparison.Row row : part.rows()) {
          Column column = read.results().columns().get(0);
          SeedGroup group = SeedGroup.of(row.trials(), column, read.results());
          assertThat(read.results().predictions(group).orElseThrow().hits().hits())
              .isEqualTo(List.copyOf(group.bySeed().values()));
        }
      }
    }
  }

  @Test
  void aSeedOfOtherImagesIsLeftOutAndNamed() throws Exception {
    FakeSweep sweep = new FakeSweep(temporary.resolve("sweep"), "demo");
    for (int seed = 1; seed <= 3; seed++) {
      sweep.completed("cub", "2", "3", seed, 0.5);
    }
    sweep.predictions("cub", "2", "3", 2, new FakePredictions(IMAGES, 100, 7));
    ResultsReader.Read read = read(sweep);
    assertThat(predictions(read, 0).orElseThrow().seeds()).containsExactly(1L, 3L);
    assertThat(read.faults())
        .containsExactly(
            "demo: trials/"
                + FakeSweep.id("cub", "2", "3", 2)
                + "/predictions.parquet: its images or labels are not those of most seeds of its"
                + " row");
  }

  @Test
  void ofTwoSeedsOnDifferentImagesTheOneOnTheImagesOfOtherRowsCounts() throws Exception {
    FakeSweep sweep =
        new FakeSweep(temporary.resolve("sweep"), "demo")
            .completed("cub", "2", "3", 1, 0.5)
            .completed("cub", "2", "3", 2, 0.5)
            .completed("cub", "3", "3", 1, 0.5);
    for (int strange = 1; strange <= 2; strange++) {
      sweep.predictions("cub", "2", "3", 3 - strange, FakePredictions.of(IMAGES, 100));
      sweep.predictions("cub", "2", "3", strange, new FakePredictions(IMAGES, 100, 7));
      assertThat(predictions(read(sweep), 0).orElseThrow().seeds()).containsExactly(3L - strange);
    }
  }

  @Test
  void whatIsReadDoesNotDependOnHowTasksAreCut() throws Exception {
    FakeSweep sweep = new FakeSweep(temporary.resolve("sweep"), "demo");
    for (long seed : LongStream.rangeClosed(1, 9).toArray()) {
      sweep.completed("cub", "2", "3", seed, 0.1 * seed);
    }
    ResultsReader.Read read = read(sweep);
    List<ReliabilityBin> bins = predictions(read, 0).orElseThrow().reliability();
    for (int again = 0; again < 3; again++) {
      assertThat(predictions(read(sweep), 0).orElseThrow().reliability()).isEqualTo(bins);
    }
  }

  private static SeedGroup group(ResultsReader.Read read, int row) {
    return SeedGroup.of(
        read.comparisons().get(0).parts().get(0).rows().get(row).trials(),
        read.results().columns().get(0),
        read.results());
  }

  private static Optional<RowPredictions> predictions(ResultsReader.Read read, int row) {
    return read.results().predictions(group(read, row));
  }

  private static ResultsReader.Read read(FakeSweep sweep) throws Exception {
    return ResultsReader.read(
        JavaSparkContext.fromSparkContext(SPARK.session().sparkContext()),
        List.of(Folder.at(sweep.build().toString(), new Configuration())),
        Optional.empty());
  }
}
