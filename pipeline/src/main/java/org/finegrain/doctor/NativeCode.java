package org.finegrain.doctor;

/** The engine's libraries are unpacked into a folder that code may be run from. */
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
                    "is java.io.tmpdir writable and not mounted noexec, and the system x86-64 Linux with glibc? Another folder: -Djava.io.tmpdir=DIR"))
        .orElseGet(() -> Finding.ok(jvms.everywhere("loaded")));
  }
}
