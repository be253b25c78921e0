package org.finegrain.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.engine.EngineKind;
import org.finegrain.engine.Topology;
import org.finegrain.storage.Folder;
import org.finegrain.train.TrainingSpeed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatesFileTest {
  private static final NetworkKey SMALL =
      NetworkKey.of(new TreeMap<>(Map.of("model.depth", "18", "loss.kind", "ce")));
  private static final NetworkKey LARGE = NetworkKey.of(new TreeMap<>());
  private static final Hardware ONE =
      new Hardware(new Topology(EngineKind.MKL_DNN, 1, 2), "2", "A CPU", "avx avx2");
  private static final Hardware TWO =
      new Hardware(new Topology(EngineKind.MKL_BLAS, 2, 4), "none", "A CPU", "avx");

  @TempDir private Path temporary;
  private Folder sweep;

  @BeforeEach
  void open() throws IOException {
    sweep = Folder.at(temporary.toString(), new Configuration(false));
  }

  private static KnownRate rate(NetworkKey network, Hardware hardware, double seconds) {
    return new KnownRate(network, hardware, new TrainingSpeed(seconds, 2 * seconds, 0), 0);
  }

  @Test
  void keepsTheNewestRateOfEachNetworkAndHardware() throws IOException {
    assertThat(RatesFile.read(sweep)).isEmpty();
    RatesFile.add(rate(SMALL, ONE, 0.1), sweep);
    RatesFile.add(rate(LARGE, ONE, 0.2), sweep);
    RatesFile.add(rate(SMALL, TWO, 0.3), sweep);
    RatesFile.add(rate(SMALL, ONE, 0.4), sweep);
    assertThat(RatesFile.read(sweep))
        .containsExactly(rate(LARGE, ONE, 0.2), rate(SMALL, TWO, 0.3), rate(SMALL, ONE, 0.4));
  }

  @Test
  void aDamagedFileIsWrittenAgain() throws IOException {
    RatesFile.add(rate(SMALL, ONE, 0.1), sweep);
    String whole = sweep.text(RatesFile.NAME);
    for (String damaged :
        List.of(
            "",
            whole.substring(0, whole.length() / 2),
            whole.replace("0.1,", "-0.1,"),
            whole.replace("MKL_DNN", "ANOTHER"))) {
      sweep.write(RatesFile.NAME, damaged);
      assertThat(RatesFile.read(sweep)).isEmpty();
      RatesFile.add(rate(LARGE, ONE, 0.2), sweep);
      assertThat(RatesFile.read(sweep)).containsExactly(rate(LARGE, ONE, 0.2));
    }
  }

  @Test
  void aFileOfALaterVersionStays() throws IOException {
    sweep.write(RatesFile.NAME, "{\"format\": 99}");
    assertThat(RatesFile.read(sweep)).isEmpty();
    RatesFile.add(rate(SMALL, ONE, 0.1), sweep);
    assertThat(sweep.text(RatesFile.NAME)).isEqualTo("{\"format\": 99}");
  }

  @Test
  void aRateOfWholeRunsCountsBeforeAMeasuredOne() {
    KnownRate seen = new KnownRate(SMALL, ONE, new TrainingSpeed(1, 1, 1), 3);
    KnownRate measured = rate(SMALL, ONE, 0.1);
    for (List<KnownRate> order : List.of(List.of(seen, measured), List.of(measured, seen))) {
      assertThat(KnownRates.of(order).rate(SMALL, ONE)).contains(seen);
    }
    assertThat(KnownRates.of(List.of(measured, rate(SMALL, ONE, 0.2))).rate(SMALL, ONE))
        .contains(rate(SMALL, ONE, 0.2));
  }
}
