package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.finegrain.storage.StoredFile;
import org.finegrain.storage.UnreadableFileException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TableCheckTest {
  private static final Configuration HADOOP = new Configuration();

  @RegisterExtension static final ReportSpark SPARK = new ReportSpark();

  @TempDir private Path temporary;
  private Path earlier;

  @BeforeEach
  void writeEarlier() throws IOException {
    FakeSweep before =
        sweep("before")
            .completed("cub", "2", "3", 1, 0.50)
            .completed("cub", "2", "3", 2, 0.54)
            .completed("cub", "3", "3", 1, 0.60)
            .completed("cub", "5", "3", 1, 0.70)
            .completed("cub", "10", "3", 1, 0.65);
    before.planned("cub", "auto", "3", 1);
    report(before).write(Folder.at(temporary.resolve("earlier").toString(), HADOOP));
    earlier = temporary.resolve("earlier/tables/eta.json");
  }

  @Test
  void equalTablesPass() throws IOException {
    Folder same = Folder.at(temporary.resolve("before").toString(), HADOOP);
    TableCheck check = SPARK.report(List.of(same), Optional.empty()).check(read(), 0);
    assertThat(check.passed()).isTrue();
    assertThat(check.lines())
        .containsExactly(
            "Table eta: 0 of 4 earlier results fell by more than 0 points or are missing.");
  }

  @Test
  void everyDifferenceHasALine() throws IOException {
    Report report = report(changed());
    TableCheck check = report.check(read(), 0);
    assertThat(check.passed()).isFalse();
    assertThat(check.lines())
        .containsExactly(
            "fell     loss.eta = 2, cub: 52.00 ± 2.83 % (n = 2) before, 51.00 % (n = 1) now, -1.00 points",
            "rose     loss.eta = 3, cub: 60.00 % (n = 1) before, 60.50 % (n = 1) now, +0.50 points",
            "missing  loss.eta = 10, cub: 65.00 % (n = 1) before, no result now",
            "new      loss.eta = auto, cub: no result before, 40.00 % (n = 1) now",
            "Table eta: 2 of 4 earlier results fell by more than 0 points or are missing.");
    assertThat(report.check(read(), 1).lines())
        .contains(
            "fell     loss.eta = 2, cub: 52.00 ± 2.83 % (n = 2) before, 51.00 % (n = 1) now, -1.00"
                + " points, which is tolerated")
        .endsWith("Table eta: 1 of 4 earlier results fell by more than 1 points or are missing.");
  }

  @Test
  void aFallWithinTheTolerancePasses() throws IOException {
    FakeSweep sweep =
        sweep("now")
            .completed("cub", "2", "3", 1, 0.52)
            .completed("cub", "3", "3", 1, 0.59)
            .completed("cub", "5", "3", 1, 0.695)
            .completed("cub", "10", "3", 1, 0.65);
    Report report = report(sweep);
    assertThat(report.check(read(), 1).passed()).isTrue();
    assertThat(report.check(read(), 0.9).passed()).isFalse();
  }

  @Test
  void laterFieldsArePassedOver() throws IOException {
    Files.writeString(
        earlier,
        Files.readString(earlier)
            .replace("\"best\" :", "\"runs\" : [{\"seed\": 1}], \"second\" : null, \"best\" :")
            .replace("\"title\"", "\"subtitle\" : {}, \"title\""));
    assertThat(report(changed()).check(read(), 0).lines()).hasSize(5);
  }

  @Test
  void anotherTableOrADamagedFileIsOneSentence() throws IOException {
    Report report = report(changed());
    StoredFile datasets =
        StoredFile.at(temporary.resolve("earlier/tables/datasets.json").toString(), HADOOP);
    assertThatThrownBy(() -> ResultTable.read(datasets))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("its records hold no top1-mean; name a table of accuracies");
    assertThatThrownBy(() -> ResultTable.read(StoredFile.at(earlier + ".gone", HADOOP)))
        .isInstanceOf(ReportException.class)
        .hasMessageStartingWith("Cannot find file:");

    String whole = Files.readString(earlier);
    Files.writeString(earlier, whole.replace("\"name\" : \"eta\"", "\"name\" : \"\\u001b[2Jmu\""));
    assertThatThrownBy(() -> report.check(read(), 0))
        .isInstanceOf(ReportException.class)
        .hasMessage(
            "Cannot check table ?[2Jmu: these sweeps give no table of this name; they give eta");

    Files.writeString(earlier, whole.replace("\"loss.eta\"", "\"loss.mu\""));
    assertThatThrownBy(() -> report.check(read(), 0))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("differ by loss.eta, those of the earlier one by loss.mu");

    for (String damaged :
        List.of(
            "",
            whole.substring(0, whole.length() / 2),
            whole.replace("\"top1-mean\" : 0.6,", "\"top1-mean\" : 60,"),
            whole.replace("\"n\" : 1", "\"n\" : \"one\""),
            whole.replace("\"loss.eta\" : \"3\"", "\"loss.eta\" : \"2\""),
            whole.replace("\"format\" : 1", "\"format\" : 2"))) {
      Files.writeString(earlier, damaged);
      assertThatThrownBy(this::read)
          .isInstanceOf(UnreadableFileException.class)
          .hasMessageStartingWith("Cannot read file:");
    }
  }

  private FakeSweep changed() {
    return sweep("now")
        .completed("cub", "2", "3", 1, 0.51)
        .completed("cub", "3", "3", 1, 0.605)
        .completed("cub", "5", "3", 1, 0.70)
        .completed("cub", "auto", "3", 1, 0.40);
  }

  private ResultTable read() throws IOException {
    return ResultTable.read(StoredFile.at(earlier.toString(), HADOOP));
  }

  private FakeSweep sweep(String name) {
    return new FakeSweep(temporary.resolve(name), "demo");
  }

  private static Report report(FakeSweep sweep) throws IOException {
    return SPARK.report(List.of(Folder.at(sweep.build().toString(), HADOOP)), Optional.empty());
  }
}
