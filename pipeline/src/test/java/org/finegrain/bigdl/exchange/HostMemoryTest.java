package org.finegrain.bigdl.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMemoryTest {
  private static final int BYTES = 3_000_000;

  @TempDir private Path shared;

  @Test
  void findsWhatAnotherGivesAndItsChanges() {
    try (HostMemory mine = HostMemory.in(shared);
        HostMemory yours = HostMemory.in(shared)) {
      assertThat(yours.find(mine.place(), "numbers")).isEmpty();
      mine.give("numbers", BYTES).orElseThrow().putInt(BYTES - 4, 7);
      ByteBuffer found = yours.find(mine.place(), "numbers").orElseThrow();
      assertThat(found.remaining()).isEqualTo(BYTES);
      assertThat(found.getInt(BYTES - 4)).isEqualTo(7);

      mine.give("numbers", BYTES).orElseThrow().putInt(BYTES - 4, 8);
      assertThat(yours.find(mine.place(), "numbers").orElseThrow().getInt(BYTES - 4)).isEqualTo(8);
      assertThat(yours.find(mine.place(), "others")).isEmpty();
    }
    assertThat(shared).isEmptyDirectory();
  }

  @Test
  void deletesTheNameOnceAllHaveMappedTheMemory() {
    try (HostMemory mine = HostMemory.in(shared)) {
      mine.give("some numbers", BYTES);
      assertThat(shared).isNotEmptyDirectory();
      mine.give("some numbers", BYTES);
      assertThat(shared).isEmptyDirectory();
    }
  }

  @Test
  void letsOnlyItsUserRead() throws Exception {
    try (HostMemory mine = HostMemory.in(shared)) {
      mine.give("numbers", BYTES);
      assertThat(Files.getPosixFilePermissions(Path.of(mine.place() + "-numbers")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void givesNothingWithoutRoom() {
    try (HostMemory mine = HostMemory.in(shared.resolve("absent"))) {
      assertThat(mine.give("numbers", BYTES)).isEmpty();
      assertThat(mine.give("numbers", BYTES)).isEmpty();
      assertThat(mine.find(mine.place(), "numbers")).isEmpty();
    }
  }
}
