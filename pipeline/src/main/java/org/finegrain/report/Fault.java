package org.finegrain.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A file that a report cannot use.
 *
 * @param file its name within its source
 * @param why what is wrong with it: "it is empty"
 */
record Fault(String file, String why) {
  @Override
  public String toString() {
    return file + ": " + why;
  }

  /** Returns a sentence for each kind of fault. It names all files that have the fault. */
  static List<String> sentences(List<Fault> faults) {
    return faults.stream()
        .map(Fault::kind)
        .distinct()
        .map(
            kind ->
                faults.stream()
                        .filter(fault -> fault.kind().equals(kind))
                        .map(Fault::file)
                        .collect(Collectors.joining(", "))
                    + ": "
                    + kind.why())
        .toList();
  }

  /** Files of the same name with the same fault differ by their trial alone. */
  private Fault kind() {
    return new Fault(file.substring(file.lastIndexOf('/') + 1), why);
  }
}
