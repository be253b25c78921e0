package org.finegrain.config;

import java.util.OptionalInt;

/** A number of executors that train one trial of a sweep, or all that the application has. */
public final class ExecutorsPerTrial {
  /** All executors of the application. */
  public static final ExecutorsPerTrial ALL = new ExecutorsPerTrial(0);

  private final int count;

  private ExecutorsPerTrial(int count) {
    this.count = count;
  }

  /** Returns the number {@code count}, from 1. */
  public static ExecutorsPerTrial of(int count) {
    return new ExecutorsPerTrial(count);
  }

  /** Returns the number; empty for all. */
  public OptionalInt number() {
    return count == 0 ? OptionalInt.empty() : OptionalInt.of(count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExecutorsPerTrial it && it.count == count;
  }

  @Override
  public int hashCode() {
    return count;
  }

  /** Returns the value as a configuration has it. */
  @Override
  public String toString() {
    return count == 0 ? "all" : Integer.toString(count);
  }
}
