package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.intel.analytics.bigdl.dllib.visualization.tensorboard.FileReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple3;

class TensorBoardEventsTest {
  @TempDir private Path folder;

  @Test
  void bigDlReadsTheEvents() throws IOException {
    try (TensorBoardEvents events = create()) {
      events.scalar("train/loss", 2.5, 1);
      events.scalar("val/top1", 0.125, 300);
      events.scalar("train/loss", 1.25, 300);
      events.scalar("train/loss", Double.NaN, 1L << 40);
    }
    List<Tuple3<Object, Object, Object>> losses = read("train/loss");
    assertThat(losses).extracting(Tuple3::_1).containsExactly(1L, 300L, 1L << 40);
    assertThat(losses).extracting(Tuple3::_2).containsExactly(2.5f, 1.25f, Float.NaN);
    assertThat((Double) losses.get(0)._3())
        .isCloseTo(System.currentTimeMillis() / 1e3, within(60.0));
    assertThat(read("val/top1")).hasSize(1);
  }

  @Test
  void checksumsAreThoseOfTensorFlow() throws IOException {
    create().close();
    byte[] file = Files.readAllBytes(file());
    ByteBuffer record = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long length = record.getLong();
    assertThat(file).hasSize((int) length + 16);
    assertThat(length).isEqualTo(24); // 9 bytes of time, 2 + 13 bytes of the version
    assertThat(record.getInt()).isEqualTo(0x224b7fa3); // the checksum of 24 as 8 bytes
  }

  private TensorBoardEvents create() throws IOException {
    return TensorBoardEvents.begin(Files.newOutputStream(file()));
  }

  private Path file() {
    return folder.resolve("events.out.tfevents.1");
  }

  private List<Tuple3<Object, Object, Object>> read(String tag) throws IOException {
    return Arrays.asList(
        FileReader.readScalar(
            new org.apache.hadoop.fs.Path(file().toUri()),
            tag,
            LocalFileSystem.getLocal(new Configuration())));
  }
}
