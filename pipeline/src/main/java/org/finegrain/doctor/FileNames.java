package org.finegrain.doctor;

/**
 * Java opens only files whose names the encoding of its process knows: where that is not UTF-8,
 * images are missing and folders are not found.
 */
record FileNames(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "encoding";
  }

  @Override
  public Finding examine() {
    return jvms.where(jvm -> !jvm.fileNames().equals("UTF-8"), Jvm::fileNames)
        .map(
            places ->
                Finding.warning(
                    "file names are in " + places,
                    "files whose names have other letters are not found; export LC_ALL=C.UTF-8 for the driver and give spark.executorEnv.LC_ALL=C.UTF-8"))
        .orElseGet(() -> Finding.ok(jvms.everywhere("UTF-8")));
  }
}
