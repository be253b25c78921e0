package org.finegrain.report;

import java.util.List;
import org.finegrain.storage.Folder;

/**
 * A folder that a report was made of.
 *
 * @param name of the sweep; {@code data} for the ingested datasets
 * @param faults files in it that cannot be read
 */
record Source(String name, Folder folder, List<Fault> faults) {

  /** Sentences on the faults for a page, which may be read far from the folder. */
  List<String> named() {
    return Fault.sentences(faults).stream().map(fault -> name + ": " + fault).toList();
  }

  /** Sentences on the faults for a person who is to mend them. */
  List<String> located() {
    return Fault.sentences(faults).stream().map(fault -> "in " + folder + " " + fault).toList();
  }
}
