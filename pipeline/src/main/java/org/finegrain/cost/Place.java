package org.finegrain.cost;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.finegrain.environment.Machine;

/**
 * The place where a sweep would run: this machine, or a cluster whose executors are not known.
 *
 * @param machine this machine
 * @param localCores the cores of a local master; empty for a cluster
 */
record Place(Machine machine, OptionalInt localCores) {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d{1,5}|\\*)(?:, *\\d+)?])?");

  /** Returns the place of a Spark master, such as {@code local[*]} or {@code yarn}. */
  static Place of(String master, Machine machine) {
    Matcher local = LOCAL.matcher(master);
    if (!local.matches()) {
      return new Place(machine, OptionalInt.empty());
    }
    String cores = local.group(1) == null ? "1" : local.group(1);
    return new Place(
        machine,
        OptionalInt.of(cores.equals("*") ? machine.processors() : Integer.parseInt(cores)));
  }

  boolean isLocal() {
    return localCores.isPresent();
  }

  /** Returns whether a speed that was seen on this hardware holds here. */
  boolean has(Hardware hardware) {
    return !isLocal() || hardware.isOneExecutorOf(machine, localCores.getAsInt());
  }
}
