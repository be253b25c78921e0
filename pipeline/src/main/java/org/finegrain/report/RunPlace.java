package org.finegrain.report;

import java.io.Serializable;

/**
 * The place of a run folder, as tasks get it.
 *
 * @param base the Hadoop path of the folder that the report was asked for
 * @param prefix what stands before a file of the run within {@code base}: {@code trials/RUN-ID/} in
 *     a sweep folder, and nothing where {@code base} is the run folder
 * @param id the run id
 */
record RunPlace(String base, String prefix, String id) implements Serializable {
  /** Returns the place of a trial in a sweep folder. */
  static RunPlace ofTrial(String sweep, String id) {
    return new RunPlace(sweep, "trials/" + id + "/", id);
  }

  /** Returns the name within {@code base} of a file of the run. */
  String name(String file) {
    return prefix + file;
  }
}
