package org.finegrain.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The process that holds or wants a {@link Lease}.
 *
 * @param host the name of its host, for messages
 * @param machine what two processes have in common if they can see each other: the id of the
 *     kernel's boot and the namespace of process ids; hosts and containers of the same name differ
 *     in it
 * @param process its process id
 * @param start when the kernel started it, in ticks since the boot, because process ids are used
 *     again
 * @param application the id of its Spark application; empty if it has none
 */
record LeaseOwner(String host, String machine, long process, String start, String application) {

  /** Returns this process, which works for a Spark application or, if that is empty, for none. */
  static LeaseOwner current(String application) {
    long process = ProcessHandle.current().pid();
    return new LeaseOwner(hostName(), kernel(), process, start(process), application);
  }

  static LeaseOwner of(JsonFields json) {
    return new LeaseOwner(
        json.text("host"),
        json.text("machine"),
        json.wholeNumber("process"),
        json.text("start"),
        json.json().path("application").asText());
  }

  void putInto(ObjectNode json) {
    json.put("host", host);
    json.put("machine", machine);
    json.put("process", process);
    json.put("start", start);
    json.put("application", application);
  }

  /** Returns whether {@code observer} can see if this process is alive. */
  boolean isSeenBy(LeaseOwner observer) {
    return machine.equals(observer.machine);
  }

  /** Returns whether the process is alive. This process must {@link #isSeenBy see} it. */
  boolean isAlive() {
    return start.equals(start(process));
  }

  /** Returns what others may know of the process as the holder of a lease. */
  LeaseHolder holder(Instant since, Instant lastSign) {
    return new LeaseHolder(host, process, application, since, lastSign);
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
    } catch (IOException e) { // then no process sees another one
      return hostName() + " " + ProcessHandle.current().pid();
    }
  }

  /**
   * Returns when a process started, or {@code none} if it has ended, even if its parent has not
   * noticed.
   */
  private static String start(long process) {
    try {
      String line = Files.readString(Path.of("/proc/" + process + "/stat"));
      // See proc(5): the name in brackets may contain anything; the first field behind it is the
      // state.
      List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
      return fields.get(0).matches("[ZX]") ? "none" : fields.get(19);
    } catch (IOException e) {
      return "none";
    }
  }
}
