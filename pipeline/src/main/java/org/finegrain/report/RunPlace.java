package org.finegrain.report;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * The place of a run folder, as tasks get it.
 *
 * @param base the Hadoop path of the folder that the report was asked for
 * @param prefix what stands before a file of the run within {@code base}: {@code trials/RUN-ID/} in
 *     a sweep folder, and nothing where {@code base} is the run folder
 * @param id the run id, or the name that a user gave to the folder of a single run
 */
record RunPlace(String base, String prefix, String id) implements Serializable {
  /** The form of run ids. */
  static final Pattern RUN_ID = Pattern.compile("[0-9a-f]{12}");

  /** Returns the place of a trial in a sweep folder. */
  static RunPlace ofTrial(String sweep, String id) {
    return new RunPlace(sweep, "trials/" + id + "/", id);
  }

  /** Returns the place of a run folder that is in no sweep folder. */
  static RunPlace ofRun(String folder, String name) {
    return new RunPlace(folder, "", name);
  }

  /** Returns whether the run folder itself was given to the report, and not a sweep. */
  boolean isAlone() {
    return prefix.isEmpty();
  }

  /** Returns whether a run of this id may lie here. A user may give a folder another name. */
  boolean mayHold(String runId) {
    return runId.equals(id) || (isAlone() && !RUN_ID.matcher(id).matches());
  }

  /** Returns the name within {@code base} of a file of the run. */
  String name(String file) {
    return prefix + file;
  }
}
