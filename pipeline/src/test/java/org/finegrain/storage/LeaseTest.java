package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  private static final LeaseOwner ELSEWHERE =
      new LeaseOwner("other-host", "k2", 4711, "99", "app-1");

  @TempDir private Path directory;
  private Folder claims;

  @BeforeEach
  void open() throws IOException {
    claims = Folder.at(directory.resolve(".lease").toString(), new Configuration(false));
  }

  @Test
  void aSecondProcessIsRefusedUntilTheFirstEnds() throws IOException {
    try (Lease first = Lease.acquire(claims, "run 7")) {
      first.requireHeld();
      assertThatThrownBy(() -> Lease.acquire(claims, "run 7"))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageMatching(
              "Cannot use run 7: process "
                  + ProcessHandle.current().pid()
                  + " on \\S+ has been using it since 20\\S+Z; wait until it ends, or stop it");
      assertThat(claims.list()).as("the second left nothing").hasSize(1);
    }
    assertThat(directory).isEmptyDirectory();
    Lease.acquire(claims, "run 7").close();
  }

  @Test
  void theLeaseOfADeadProcessOfThisMachineIsTakenOver() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    LeaseOwner self = LeaseOwner.current("");
    LeaseOwner other = ownerOf(process);
    Lease.acquire(claims, "run 7", other);
    age(1000);
    assertThatThrownBy(() -> Lease.acquire(claims, "run 7", self))
        .as("it lives, although it gives no sign, as on a machine that slept")
        .isInstanceOf(LeaseHeldException.class);
    process.destroyForcibly();
    while (other.isAlive()) { // reaped or not
      Thread.onSpinWait();
    }
    Lease taken = Lease.acquire(claims, "run 7", self);
    assertThat(claims.list()).hasSize(1);
    taken.requireHeld();
  }

  private static LeaseOwner ownerOf(Process process) throws IOException {
    String line = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String start = line.substring(line.lastIndexOf(')') + 2).split(" ")[19];
    LeaseOwner self = LeaseOwner.current("");
    return new LeaseOwner(self.host(), self.machine(), process.pid(), start, "");
  }

  @Test
  void oneElsewhereExpiresByTheStoresClock() throws IOException {
    Lease there = Lease.acquire(claims, "run 7", ELSEWHERE);
    age(60);
    assertThatThrownBy(() -> Lease.acquire(claims, "run 7"))
        .isInstanceOf(LeaseHeldException.class)
        .hasMessageContaining(
            "process 4711 on other-host (application app-1) has been using it since 2")
        .hasMessageContaining("if it has already ended, delete " + claims)
        .hasMessageContaining("or try again 3 minutes after its last sign of life, which was at 2");
    age((int) Lease.EXPIRY.toSeconds() + 60);
    try (Lease here = Lease.acquire(claims, "run 7")) {
      here.renew();
      here.requireHeld();
      there.requireHeld(); // it has not looked yet
      there.renew();
      assertThatThrownBy(there::requireHeld)
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageStartingWith("Cannot go on with run 7: process ")
          .hasMessageContaining(" took it over at ");
      here.renew();
      here.requireHeld();
    }
    there.close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anyoneCanAskWhoHoldsIt() throws IOException {
    assertThat(Lease.holder(claims)).isEmpty();
    assertThat(directory).as("asking writes nothing").isEmptyDirectory();
    try (Lease lease = Lease.acquire(claims, "run 7", "app-2")) {
      lease.confirm();
      LeaseHolder holder = Lease.holder(claims).orElseThrow();
      assertThat(holder.process()).isEqualTo(ProcessHandle.current().pid());
      assertThat(holder.application()).isEqualTo("app-2");
      assertThat(holder.lastSign()).isAfterOrEqualTo(holder.since());
      assertThatThrownBy(() -> Lease.acquire(claims, "run 7"))
          .isInstanceOfSatisfying(
              LeaseHeldException.class, e -> assertThat(e.holder()).contains(holder));
    }
    assertThat(Lease.holder(claims)).isEmpty();

    Lease.acquire(claims, "run 7", ELSEWHERE);
    assertThat(Lease.holder(claims).orElseThrow())
        .hasToString("process 4711 on other-host (application app-1)");
    age((int) Lease.EXPIRY.toSeconds() + 60);
    assertThat(Lease.holder(claims)).as("it ran out").isEmpty();
  }

  @Test
  void aSignOfLifeKeepsIt() throws IOException {
    Lease there = Lease.acquire(claims, "run 7", ELSEWHERE);
    age(10_000);
    there.renew();
    assertThatThrownBy(() -> Lease.acquire(claims, "run 7")).isInstanceOf(LeaseHeldException.class);
  }

  @Test
  void aDamagedClaimCountsUntilItIsOld() throws IOException {
    claims.write("a.json", "{");
    assertThatThrownBy(() -> Lease.acquire(claims, "run 7"))
        .isInstanceOf(LeaseHeldException.class)
        .hasMessageContaining(claims.location("a.json") + ": it is not whole JSON")
        .hasMessageEndingWith("delete that file if no process uses it");
    age(10_000);
    Lease.acquire(claims, "run 7").close();
  }

  @Test
  void ofManyThatWantItOneGetsIt() throws Exception {
    int processes = 8;
    ExecutorService threads = Executors.newFixedThreadPool(processes);
    for (int round = 0; round < 10; round++) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Lease>> leases = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        leases.add(
            threads.submit(
                () -> {
                  start.await();
                  return Lease.acquire(claims, "run 7");
                }));
      }
      start.countDown();
      List<Lease> held = new ArrayList<>();
      for (Future<Lease> lease : leases) {
        try {
          held.add(lease.get());
        } catch (java.util.concurrent.ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(LeaseHeldException.class);
        }
      }
      assertThat(held).hasSize(1);
      held.get(0).close();
    }
    threads.shutdown();
  }

  /**
   * A store in which a folder is no more than the names in it, and nothing is renamed in one step.
   */
  @Test
  void holdsInAStoreWithoutFolders() throws IOException {
    Configuration configuration = new Configuration(false);
    configuration.set("fs.noappend.impl", NoAppendFileSystem.class.getName());
    Folder store = Folder.at("noappend://store" + directory.resolve("s"), configuration);
    try (Lease first = Lease.acquire(store, "run 7")) {
      first.renew();
      assertThatThrownBy(() -> Lease.acquire(store, "run 7"))
          .isInstanceOf(LeaseHeldException.class);
    }
    Lease.acquire(store, "run 7").close();
  }

  /** Makes all claims look as if they were written so long ago. */
  private void age(int seconds) throws IOException {
    for (String name : claims.list()) {
      Files.setLastModifiedTime(
          directory.resolve(".lease").resolve(name),
          FileTime.fromMillis(System.currentTimeMillis() - 1000L * seconds));
    }
  }
}
