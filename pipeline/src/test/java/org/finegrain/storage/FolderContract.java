package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** The tests that are the same for every store. */
interface FolderContract {
  Folder folder(String name) throws IOException;

  /** Returns whether the store shows a file that is still being written. */
  boolean showsAFileWhileItGrows();

  @Test
  default void oneProcessHoldsALease() throws IOException {
    Folder claims = folder("lease/.lease");
    try (Lease lease = Lease.acquire(claims, "run 7")) {
      lease.renew();
      assertThatThrownBy(() -> Lease.acquire(claims, "run 7"))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageStartingWith("Cannot use run 7: process ");
      lease.requireHeld();
    }
    assertThat(claims.list()).isEmpty();
    Lease.acquire(claims, "run 7").close();
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
}
