package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardLogTest {
  @TempDir private Path temporary;
  private Folder run;

  @BeforeEach
  void open() throws IOException {
    run = Folder.at(temporary.toString(), new Configuration(false));
  }

  /** The first attempt is killed, so that nothing closes its file. */
  @Test
  void flushedValuesAreReadableBeforeClosing() throws IOException {
    TensorBoardLog killed = TensorBoardLog.create(run);
    killed.stepEnded(1, 2.5, 0.1, 30);
    killed.epochEnded(SelectionTest.epoch(1, 0.5, 1));
    killed.flush();
    killed.stepEnded(2, 2.25, 0.1, 30);
    List<String> files = run.folder("tensorboard").list();
    assertThat(files).singleElement().asString().startsWith("events.out.tfevents.");
    assertThat(content(files.get(0)))
        .contains("train/loss", "train/learning-rate", "val/top1", "train/images-per-second");
    int flushed = content(files.get(0)).length();

    try (TensorBoardLog next = TensorBoardLog.create(run)) {
      next.stepEnded(2, 2.25, 0.1, 30);
    }
    assertThat(run.folder("tensorboard").list()).hasSize(2).contains(files.get(0));
    assertThat(content(files.get(0))).hasSize(flushed);
    killed.close();
  }

  @Test
  void anAttemptWithoutStepsWritesNoFile() throws IOException {
    TensorBoardLog.create(run).close();
    assertThat(run.exists("tensorboard")).isFalse();
  }

  private String content(String file) throws IOException {
    return new String(run.bytes("tensorboard/" + file), StandardCharsets.ISO_8859_1);
  }
}
