package org.finegrain.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PackageTableTest {
  private final PackageTable table = PackageTable.read();

  @Test
  void noPackageUsesItselfThroughOthers() {
    Set<String> open = new TreeSet<>(table.rows().keySet());
    boolean closed = true;
    while (closed) { // those of a cycle stay open
      closed =
          open.removeIf(name -> table.rows().get(name).mayUse().stream().noneMatch(open::contains));
    }
    assertThat(open).isEmpty();
  }
}
