package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The tests that are the same for every store. */
interface FolderContract {
  Folder folder(String name) throws IOException;

  /** Returns whether the store shows a file that is still being written. */
  boolean showsAFileWhileItGrows();

  @Test
  default void oneProcessHoldsALease() throws IOException {
    Folder folder = folder("lease/.lease");
    try (Lease lease = Lease.acquire(folder, "run 7")) {
      String content = folder.text(LeaseFile.NAME);
      lease.renew();
      assertThat(folder.text(LeaseFile.NAME)).isEqualTo(content);
      assertThatThrownBy(() -> Lease.acquire(folder, "run 7"))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageStartingWith("Cannot use run 7: process ");
      lease.confirm();
    }
    assertThat(folder.list()).isEmpty();
    Lease.acquire(folder, "run 7").close();
  }

  @Test
  default void theLeaseOfAnEndedProcessIsTakenOver() throws IOException {
    Folder folder = folder("taken/.lease");
    LeaseOwner self = LeaseOwner.current("");
    LeaseOwner ended = new LeaseOwner(self.host(), self.machine(), self.process(), "1", "app-1");
    Lease lost = Lease.acquire(folder, "run 7", ended);
    try (Lease lease = Lease.acquire(folder, "run 7")) {
      lease.renew();
      lease.confirm();
      lost.renew();
      assertThatThrownBy(lost::requireHeld)
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageContaining(" took it over at ");
    }
    assertThat(folder.list()).isEmpty();
  }

  @Test
  default void saysWhetherAFileShowsWhileItGrows() throws IOException {
    Folder folder = folder("grows");
    try (OutputStream log = folder.create("log")) {
      log.write(1);
      log.flush();
      assertThat(folder.exists("log") && folder.bytes("log").length == 1)
          .isEqualTo(folder.showsGrowingFiles());
      assertThat(folder.showsGrowingFiles()).isEqualTo(showsAFileWhileItGrows());
    }
    assertThat(folder.bytes("log")).hasSize(1);
  }

  @Test
  default void aFailedCheckPublishesNoMoreOfAGrowingFile() throws IOException {
    Folder folder = folder("guarded");
    AtomicBoolean allowed = new AtomicBoolean(true);
    Folder guarded =
        folder.guardedBy(
            () -> {
              if (!allowed.get()) {
                throw new IOException("not any more");
              }
            });
    OutputStream log = guarded.create("log");
    log.write(1);
    log.flush();
    log.write(2);
    allowed.set(false);
    assertThatThrownBy(log::close).hasMessage("not any more");
    assertThatThrownBy(() -> guarded.write("a.txt", "a")).hasMessage("not any more");
    assertThat(folder.list()).isEqualTo(showsAFileWhileItGrows() ? List.of("log") : List.of());
    if (showsAFileWhileItGrows()) {
      assertThat(folder.bytes("log")).containsExactly(1);
    }
  }
}
