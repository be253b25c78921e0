package org.finegrain.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The process that holds a {@link Lease}.
 *
 * @param host for a person
 * @param machine what two processes have in common that see each other: the kernel's run and the
 *     namespace of process ids, which hosts and containers of the same name do not share
 * @param process its id
 * @param start when the kernel started it, in ticks since the machine's start: ids are used again
 */
record LeaseOwner(String host, String machine, long process, String start) {

  /** This process. */
  static LeaseOwner current() {
    long process = ProcessHandle.current().pid();
    return new LeaseOwner(hostName(), kernel(), process, start(process));
  }

  static LeaseOwner of(JsonFields json) {
    return new LeaseOwner(
        json.text("host"), json.text("machine"), json.whole("process"), json.text("start"));
  }

  void putInto(ObjectNode json) {
    json.put("host", host);
    json.put("machine", machine);
    json.put("process", process);
    json.put("start", start);
  }

  /** Whether this process can tell if that one lives. */
  boolean isSeenBy(LeaseOwner that) {
    return machine.equals(that.machine);
  }

  /** Whether the process lives; only for one that {@link #isSeenBy is seen}. */
  boolean isAlive() {
    return start.equals(start(process));
  }

  @Override
  public String toString() {
    return "process " + process + " on " + host;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) { // no name in a container without network
      return "unknown";
    }
  }

  private static String kernel() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException e) { // no process is seen then, not even this one
      return hostName() + " " + ProcessHandle.current().pid();
    }
  }

  /** {@code none} of a process that has ended, also where its parent has not noticed yet. */
  private static String start(long process) {
    try {
      String line = Files.readString(Path.of("/proc/" + process + "/stat"));
      // Of proc(5): the name, in brackets, may hold anything; behind it the state is the first.
      List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
      return fields.get(0).matches("[ZX]") ? "none" : fields.get(19);
    } catch (IOException e) {
      return "none";
    }
  }
}
