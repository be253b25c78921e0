package org.finegrain.doctor;

/**
 * Checks that every process can load the engine's native libraries. They are unpacked into the
 * folder of temporary files, from which code must be allowed to run.
 */
record NativeCode(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "natives";
  }

  @Override
  public Finding examine() {
    return jvms.where(jvm -> !jvm.nativeFault().isEmpty(), Jvm::nativeFault)
        .map(
            places ->
                Finding.failed(
                    places,
                    "check that java.io.tmpdir is writable and not mounted noexec, and that the system is x86-64 Linux with glibc; -Djava.io.tmpdir=DIR names another folder"))
        .orElseGet(() -> Finding.ok(jvms.everywhere("loaded")));
  }
}
