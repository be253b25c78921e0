package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseTest {
  private static final LeaseOwner ELSEWHERE = OtherMachine.OWNER;
  private static final String FILE = LeaseFile.NAME;

  @TempDir private Path directory;
  private Folder folder;

  @BeforeEach
  void open() throws IOException {
    folder = Folder.at(directory.resolve(".lease").toString(), new Configuration(false));
  }

  @Test
  void aSecondProcessIsRefusedUntilTheFirstEnds() throws IOException {
    try (Lease first = Lease.acquire(folder, "run 7")) {
      first.requireHeld();
      assertThatThrownBy(() -> Lease.acquire(folder, "run 7"))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageMatching(
              "Cannot use run 7: process "
                  + ProcessHandle.current().pid()
                  + " on \\S+ has been using it since 20\\S+Z; wait until it ends, or stop it");
      assertThat(folder.list()).as("the second left nothing").containsExactly(FILE);
    }
    assertThat(directory).isEmptyDirectory();
    Lease.acquire(folder, "run 7").close();
  }

  @Test
  void theLeaseOfADeadProcessOfThisMachineIsTakenOver() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    LeaseOwner self = LeaseOwner.current("");
    LeaseOwner other = ownerOf(process);
    Lease.acquire(folder, "run 7", other);
    age(1000);
    assertThatThrownBy(() -> Lease.acquire(folder, "run 7", self))
        .as("it lives, although it gives no sign, as on a machine that slept")
        .isInstanceOf(LeaseHeldException.class);
    assertThat(Lease.holder(folder)).isPresent();
    process.destroyForcibly();
    while (other.isAlive()) { // reaped or not
      Thread.onSpinWait();
    }
    assertThat(Lease.holder(folder)).isEmpty();
    try (Lease taken = Lease.acquire(folder, "run 7", self)) {
      assertThat(folder.list()).containsExactly(FILE);
      taken.confirm();
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static LeaseOwner ownerOf(Process process) throws IOException {
    String line = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String start = line.substring(line.lastIndexOf(')') + 2).split(" ")[19];
    LeaseOwner self = LeaseOwner.current("");
    return new LeaseOwner(self.host(), self.machine(), process.pid(), start, "");
  }

  @Test
  void oneElsewhereExpires() throws IOException {
    Lease there = Lease.acquire(folder, "run 7", ELSEWHERE);
    age(60);
    assertThatThrownBy(() -> Lease.acquire(folder, "run 7"))
        .isInstanceOf(LeaseHeldException.class)
        .hasMessageContaining(
            "process 4711 on other-host (application app-1) has been using it since 2")
        .hasMessageContaining("if it has already ended, delete " + folder.location(FILE))
        .hasMessageContaining("or try again 3 minutes after its last sign of life, which was at 2");
    age((int) Lease.EXPIRY.toSeconds() + 60);
    try (Lease here = Lease.acquire(folder, "run 7", "app-2")) {
      here.renew();
      here.requireHeld();
      there.requireHeld(); // it has not looked yet
      assertThatThrownBy(there::confirm)
          .isInstanceOfSatisfying(
              LeaseHeldException.class,
              e -> assertThat(e.holder().orElseThrow().application()).isEqualTo("app-2"))
          .hasMessageMatching(
              "Cannot go on with run 7: process \\d+ on \\S+ \\(application app-2\\) took it over at"
                  + " 20\\S+Z, because this process had given no sign of life for 3 minutes; leave"
                  + " it to that process");
      assertThatThrownBy(there::requireHeld).isInstanceOf(LeaseHeldException.class);
      there.renew();
      there.close();
      here.confirm();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void onlyTheClockOfTheStoreCounts() throws IOException {
    Folder store = store("skewed", SkewedFileSystem.class);
    Lease.acquire(store, "run 7", ELSEWHERE);
    assertThatThrownBy(() -> Lease.acquire(store, "run 7"))
        .as("for the store, this was just now")
        .isInstanceOf(LeaseHeldException.class);
    OtherMachine.makeOld(store);
    try (Lease lease = Lease.acquire(store, "run 7")) {
      lease.renew();
      lease.confirm();
    }
  }

  @Test
  void anyoneCanAskWhoHoldsIt() throws IOException {
    assertThat(Lease.holder(folder)).isEmpty();
    assertThat(directory).as("asking writes nothing").isEmptyDirectory();
    try (Lease lease = Lease.acquire(folder, "run 7", "app-2")) {
      lease.confirm();
      LeaseHolder holder = Lease.holder(folder).orElseThrow();
      assertThat(holder.process()).isEqualTo(ProcessHandle.current().pid());
      assertThat(holder.application()).isEqualTo("app-2");
      assertThat(holder.lastSign()).isAfterOrEqualTo(holder.since());
      assertThatThrownBy(() -> Lease.acquire(folder, "run 7"))
          .isInstanceOfSatisfying(
              LeaseHeldException.class, e -> assertThat(e.holder()).contains(holder));
    }
    assertThat(Lease.holder(folder)).isEmpty();

    Lease.acquire(folder, "run 7", ELSEWHERE);
    assertThat(Lease.holder(folder).orElseThrow())
        .hasToString("process 4711 on other-host (application app-1)");
    age((int) Lease.EXPIRY.toSeconds() + 60);
    assertThat(Lease.holder(folder)).as("it ran out").isEmpty();
    folder.write(FILE, "");
    assertThat(Lease.holder(folder)).as("it is unreadable").isEmpty();
  }

  @Test
  void aSignOfLifeKeepsIt() throws IOException {
    Lease there = Lease.acquire(folder, "run 7", ELSEWHERE);
    String content = folder.text(FILE);
    age(10_000);
    there.renew();
    assertThat(folder.text(FILE)).isEqualTo(content);
    assertThatThrownBy(() -> Lease.acquire(folder, "run 7")).isInstanceOf(LeaseHeldException.class);
  }

  @Test
  void aLeaseWhoseFileIsGoneIsLost() throws IOException {
    Lease lease = Lease.acquire(folder, "run 7");
    folder.delete(FILE);
    lease.renew();
    assertThat(folder.list()).as("it is not created again").isEmpty();
    assertThatThrownBy(lease::requireHeld)
        .isInstanceOfSatisfying(LeaseHeldException.class, e -> assertThat(e.holder()).isEmpty())
        .hasMessage(
            "Cannot go on with run 7: the lease of this process, "
                + folder.location(FILE)
                + ", is gone, because another process took it over or somebody deleted it; give the"
                + " command again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''             | it is empty",
        "{              | it is not whole JSON",
        "{\"format\":1,\"token\":\"../../a\"} | its token is not a UUID",
      })
  void aDamagedFileCounts(String content, String fault) throws IOException {
    folder.write(FILE, content);
    assertThatThrownBy(() -> Lease.acquire(folder, "run 7"))
        .isInstanceOf(LeaseHeldException.class)
        .hasMessageContaining(folder.location(FILE) + ": " + fault)
        .hasMessageEndingWith("delete that file if no process uses it");
    assertThat(folder.text(FILE)).isEqualTo(content);
  }

  @Test
  void aDamagedFileIsTakenOverWhenItIsOld() throws IOException {
    folder.write(FILE, "{");
    age(10_000);
    Lease.acquire(folder, "run 7").close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDamagedFileIsNoLongerItsHolders() throws IOException {
    try (Lease lease = Lease.acquire(folder, "run 7")) {
      folder.write(FILE, "{");
      assertThatThrownBy(lease::confirm)
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageStartingWith(
              "Cannot go on with run 7: the lease of this process is unreadable (Cannot read "
                  + folder.location(FILE))
          .hasMessageEndingWith(
              "delete that file if no other process uses it, and give the command again");
    }
    assertThat(folder.text(FILE)).isEqualTo("{");
  }

  @Test
  void ofAFileEditedByHandOnlyTheTokenCounts() throws IOException {
    try (Lease lease = Lease.acquire(folder, "run 7", ELSEWHERE)) {
      String content = folder.text(FILE);
      folder.write(FILE, content.replace("other-host", "elsewhere") + "\n\n");
      lease.confirm();
      String token = content.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
      folder.write(FILE, content.replace(token, "0".repeat(8) + token.substring(8)));
      assertThatThrownBy(lease::confirm)
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageContaining("process 4711 on other-host (application app-1) took it over");
    }
    assertThat(folder.list()).containsExactly(FILE);
  }

  @Test
  void oneOfManyGetsIt() throws Exception {
    LeaseContest contest = new LeaseContest(() -> folder);
    contest.holds(8, 20);
    contest.holdsWhenTheLeaseHasRunOut(4, 20);
    assertThat(directory).isEmptyDirectory();
  }

  /**
   * A process judges that a lease ran out, and falls asleep. Another one takes it over meanwhile.
   */
  @Test
  void aLateTakerLeavesWhatIsNotWhatItJudged() throws IOException {
    Folder store = store("noappend", NoAppendFileSystem.class);
    Lease.acquire(store, "run 7", ELSEWHERE);
    OtherMachine.makeOld(store);
    List<Lease> first = new ArrayList<>();
    NoAppendFileSystem.beforeRename( // that of the probe for the store's clock
        () -> first.add(Lease.acquire(store, "run 7", "app-2")));
    assertThatThrownBy(() -> Lease.acquire(store, "run 7"))
        .isInstanceOf(LeaseHeldException.class)
        .hasMessageContaining("(application app-2) has been using it");
    first.get(0).confirm();
    assertThat(store.list()).containsExactly(FILE);
    first.get(0).close();
  }

  @Test
  void onlyTheProcessWithTheClaimEndsALease() throws IOException {
    Lease.acquire(folder, "run 7", ELSEWHERE);
    age(10_000);
    LeaseFile file = new LeaseFile(folder);
    LeaseFile.Reading ended = file.read().orElseThrow();
    LeaseContent living = LeaseContent.of(LeaseOwner.current("app-2"));
    LeaseClaim claim = LeaseClaim.make(file, ended, living).orElseThrow();
    assertThatThrownBy(() -> Lease.acquire(folder, "run 7"))
        .isInstanceOf(LeaseHeldException.class)
        .hasMessage(
            "Cannot use run 7: other processes take it and give it back at this moment; try"
                + " again");
    assertThat(folder.list()).containsExactly(claim.name(), FILE);
    claim.delete();
    Lease.acquire(folder, "run 7").close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aHolderThatIsTakenForDeadLeavesItsLeaseToTheTaker() throws IOException {
    Lease there = Lease.acquire(folder, "run 7", ELSEWHERE);
    LeaseFile file = new LeaseFile(folder);
    LeaseContent living = LeaseContent.of(LeaseOwner.current("app-2"));
    LeaseClaim claim = LeaseClaim.make(file, file.read().orElseThrow(), living).orElseThrow();
    there.close();
    assertThat(folder.list()).containsExactly(claim.name(), FILE);
  }

  @Test
  void aTakerThatIsKilledLeavesTheLeaseToTheNext() throws IOException {
    Folder store = store("noappend", NoAppendFileSystem.class);
    LeaseOwner third = new LeaseOwner("third-host", "k3", 4712, "99", "app-3");
    for (int renames = 0; true; renames++) {
      Lease.acquire(store, "run 7", ELSEWHERE);
      OtherMachine.makeOld(store);
      List<Lease> taken = new ArrayList<>();
      if (!NoAppendFileSystem.killsAfter(
          renames, () -> taken.add(Lease.acquire(store, "run 7", third)))) {
        assertThat(renames).isEqualTo(2);
        taken.get(0).close();
        break;
      }
      for (String name : store.list()) {
        OtherMachine.makeOld(store, name);
      }
      Lease.acquire(store, "run 7").close();
      assertThat(store.exists()).isFalse();
    }
  }

  /**
   * A store in which a folder is no more than the names in it, and nothing is renamed in one step.
   */
  @Test
  void holdsInAStoreWithoutFolders() throws IOException {
    Folder store = store("noappend", NoAppendFileSystem.class);
    try (Lease first = Lease.acquire(store, "run 7")) {
      first.renew();
      assertThatThrownBy(() -> Lease.acquire(store, "run 7"))
          .isInstanceOf(LeaseHeldException.class);
    }
    Lease.acquire(store, "run 7").close();
  }

  private Folder store(String scheme, Class<?> fileSystem) throws IOException {
    Configuration configuration = new Configuration(false);
    configuration.set("fs." + scheme + ".impl", fileSystem.getName());
    return Folder.at(scheme + "://store" + directory.resolve("s"), configuration);
  }

  /** Makes the lease look as if it was renewed so long ago. */
  private void age(int seconds) throws IOException {
    Files.setLastModifiedTime(
        directory.resolve(".lease").resolve(FILE),
        FileTime.fromMillis(System.currentTimeMillis() - 1000L * seconds));
  }
}
