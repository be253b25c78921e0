package org.finegrain.jobs;

import picocli.CommandLine.Model.CommandSpec;

/** The command line that a job was started with, for provenance records. */
final class CommandLines {
  private CommandLines() {}

  static String of(CommandSpec spec) {
    CommandSpec root = spec.root();
    return root.qualifiedName()
        + " "
        + String.join(" ", root.commandLine().getParseResult().originalArgs());
  }
}
