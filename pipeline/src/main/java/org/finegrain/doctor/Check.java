package org.finegrain.doctor;

/** A check of one condition without which a training would fail or go wrong later. */
interface Check {
  /** Returns the check's name in the report, one or two words. */
  String name();

  /** Returns what was found. An error on the way is a finding too, never an exception. */
  Finding examine();
}
