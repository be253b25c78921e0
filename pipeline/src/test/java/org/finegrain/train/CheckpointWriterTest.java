package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckpointWriterTest {
  private static final long STATE = 1 << 20;

  private final CountDownLatch mayWrite = new CountDownLatch(1);
  private final StateRoom room = new StateRoom(2 * STATE);
  @TempDir private Path temporary;

  @Test
  void aCheckpointCountsWhenItIsPublished() throws IOException {
    Checkpoints checkpoints = checkpoints(mayWrite::await);
    try (CheckpointWriter writer = writer(checkpoints)) {
      writer.awaitRoom();
      writer.write(CheckpointsTest.checkpoint(1), 1);
      writer.check();
      assertThat(checkpoints.names()).as("the training goes on meanwhile").isEmpty();
      mayWrite.countDown();
      writer.await();
      assertThat(checkpoints.epochs()).containsExactly(1);
    }
  }

  @Test
  void oneIsWrittenAtATime() throws Exception {
    Checkpoints checkpoints = checkpoints(mayWrite::await);
    try (CheckpointWriter writer = writer(checkpoints)) {
      writer.awaitRoom();
      writer.write(CheckpointsTest.checkpoint(1), 1);
      CompletableFuture<List<Integer>> atNextState =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  writer.awaitRoom();
                  return checkpoints.epochs();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      TimeUnit.MILLISECONDS.sleep(20);
      mayWrite.countDown();
      assertThat(atNextState.get()).as("the first one is there").containsExactly(1);
      writer.write(CheckpointsTest.checkpoint(2), 1);
    }
    assertThat(checkpoints.epochs()).as("closing waits").containsExactly(2, 1);
  }

  @Test
  void deletesWhatIsNoLongerWanted() throws IOException {
    Checkpoints checkpoints = checkpoints(() -> {});
    try (CheckpointWriter writer = writer(checkpoints)) {
      for (int epoch = 1; epoch <= 5; epoch++) {
        writer.awaitRoom();
        writer.write(CheckpointsTest.checkpoint(epoch), 2);
      }
    }
    assertThat(checkpoints.epochs()).containsExactly(5, 4, 2);
  }

  @Test
  void aFailedWriteIsThrownByWhateverIsCalledNext() throws IOException {
    try (CheckpointWriter writer = writer(failing())) {
      writer.write(CheckpointsTest.checkpoint(1), 1);
      assertThatThrownBy(
              () -> {
                while (true) {
                  writer.check();
                }
              })
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("no space left");
      writer.check(); // once
      writer.write(CheckpointsTest.checkpoint(2), 1);
      assertThatThrownBy(writer::awaitRoom).hasMessage("no space left");
      writer.write(CheckpointsTest.checkpoint(3), 1);
      assertThatThrownBy(writer::close).hasMessage("no space left");
    }
  }

  @Test
  void roomIsGivenBackWhateverHappens() throws IOException {
    assertThatThrownBy(
            () -> {
              try (CheckpointWriter writer = writer(failing())) {
                writer.awaitRoom();
                writer.write(CheckpointsTest.checkpoint(1), 1);
              }
            })
        .hasMessage("no space left");
    try (CheckpointWriter writer = writer(checkpoints(() -> {}))) {
      writer.awaitRoom(); // and brings no state, as its training fails
    }
    room.take(2 * STATE).close(); // all of it is free
  }

  private CheckpointWriter writer(Checkpoints checkpoints) {
    return new CheckpointWriter(checkpoints, 2, room, STATE);
  }

  private Checkpoints failing() throws IOException {
    return checkpoints(
        () -> {
          throw new IOException("no space left");
        });
  }

  private interface Check {
    void run() throws IOException, InterruptedException;
  }

  private Checkpoints checkpoints(Check before) throws IOException {
    return new Checkpoints(
        Folder.at(temporary.toUri().toString(), new Configuration(false))
            .guardedBy(
                () -> {
                  try {
                    before.run();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }));
  }
}
