package org.finegrain.doctor;

/** One thing that would fail later, looked at now. */
interface Check {
  /** A word or two for the report. */
  String name();

  /** What was found; a fault that the check meets is a finding too, never an exception. */
  Finding examine();
}
