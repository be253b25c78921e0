package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a lease that real processes want, hold and lose. */
class LeaseProcessesIT {
  private static final int ROUNDS = 50;

  @TempDir private Path directory;
  private Folder folder;

  @BeforeEach
  void open() throws IOException {
    folder = Folder.at(directory.resolve(".lease").toString(), new Configuration(false));
  }

  @Test
  void ofTwoThatStartAtOnceOneGetsIt() throws Exception {
    try (LeaseProcess one = LeaseProcess.start();
        LeaseProcess other = LeaseProcess.start()) {
      for (int round = 0; round < ROUNDS; round++) {
        oneOf(one, other).ask("give-back");
        assertThat(directory).isEmptyDirectory();
      }
    }
  }

  @Test
  void ofTwoThatTakeItOverAtOnceOneGetsIt() throws Exception {
    try (LeaseProcess one = LeaseProcess.start();
        LeaseProcess other = LeaseProcess.start()) {
      for (int round = 0; round < ROUNDS; round++) {
        Lease.acquire(folder, "run 7", OtherMachine.OWNER);
        OtherMachine.makeOld(folder);
        LeaseProcess holder = oneOf(one, other);
        assertThat(holder.ask("confirm")).isEqualTo(LeaseProcess.HELD);
        holder.ask("give-back");
        assertThat(directory).isEmptyDirectory();
      }
    }
  }

  /** Lets both processes take the lease at once. Returns the one that got it. */
  private LeaseProcess oneOf(LeaseProcess one, LeaseProcess other) throws IOException {
    String order = take(System.currentTimeMillis() + 20);
    one.order(order);
    other.order(order);
    List<LeaseProcess> held = new ArrayList<>();
    for (LeaseProcess process : List.of(one, other)) {
      String answer = process.answer();
      if (answer.equals(LeaseProcess.HELD)) {
        held.add(process);
      } else {
        assertThat(answer).startsWith("Cannot use run 7: process ");
      }
    }
    assertThat(held).hasSize(1);
    return held.get(0);
  }

  private String take(long millis) {
    return "take " + folder.location() + " " + millis;
  }

  @Test
  void theLeaseOfAKilledProcessIsTakenOverAtOnce() throws Exception {
    try (LeaseProcess killed = LeaseProcess.start()) {
      assertThat(killed.ask(take(0))).isEqualTo(LeaseProcess.HELD);
      assertThatThrownBy(() -> Lease.acquire(folder, "run 7"))
          .isInstanceOfSatisfying(
              LeaseHeldException.class,
              e -> assertThat(e.holder().orElseThrow().process()).isEqualTo(killed.id()));
    } // SIGKILL
    try (Lease lease = Lease.acquire(folder, "run 7")) {
      lease.confirm();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aProcessThatSleptFindsWhoTookItsLeaseOver() throws Exception {
    try (LeaseProcess sleeper = LeaseProcess.start()) {
      assertThat(sleeper.ask(take(0))).isEqualTo(LeaseProcess.HELD);
      sleeper.signal("STOP");
      OtherMachine.makeOld(folder);
      try (Lease lease = Lease.acquire(folder, "run 7", OtherMachine.OWNER)) {
        String content = folder.text(LeaseFile.NAME);
        sleeper.signal("CONT");
        assertThat(sleeper.ask("confirm"))
            .startsWith(
                "Cannot go on with run 7: process 4711 on other-host (application app-1) took it"
                    + " over at 20")
            .endsWith(
                "Z, because this process had given no sign of life for 3 minutes; leave it to that"
                    + " process");
        sleeper.ask("give-back");
        lease.confirm();
        assertThat(folder.text(LeaseFile.NAME)).isEqualTo(content);
      }
    }
  }
}
