package org.finegrain.doctor;

/**
 * Checks that every process reads names of files as UTF-8. In another encoding Java does not find
 * files and folders whose names hold letters that the encoding lacks.
 */
record FileNames(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "encoding";
  }

  @Override
  public Finding examine() {
    return jvms.where(jvm -> !jvm.fileNameEncoding().equals("UTF-8"), Jvm::fileNameEncoding)
        .map(
            places ->
                Finding.warning(
                    "file names are read as " + places,
                    "files whose names hold other letters are not found; export LC_ALL=C.UTF-8 for the driver and give spark.executorEnv.LC_ALL=C.UTF-8"))
        .orElseGet(() -> Finding.ok(jvms.everywhere("UTF-8")));
  }
}
