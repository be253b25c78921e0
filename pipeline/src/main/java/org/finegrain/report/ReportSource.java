package org.finegrain.report;

import java.util.List;
import java.util.Map;

/** A folder of a report, of which the driver has read what is not in run folders. */
interface ReportSource {
  /** Returns the folder, in which faults are noted. */
  InputFolder input();

  /** Returns the places of its run folders. */
  List<RunPlace> runs();

  /**
   * Returns the sweep with its trials, and notes what run folders lack.
   *
   * @param contents the content of each run folder
   */
  Sweep sweep(Map<RunPlace, RunContent> contents);

  /** Returns the name under which the page names faults of the folder. */
  String label();
}
