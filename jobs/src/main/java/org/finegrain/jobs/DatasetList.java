package org.finegrain.jobs;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.finegrain.dataset.DatasetManifest;
import org.finegrain.dataset.ManifestFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code finegrain dataset list}, which prints the manifests for a reader. */
@Command(
    name = "list",
    description =
        "Prints what each dataset consists of: official counts, files with size, checksum and"
            + " address, layout, licence, remarks.")
final class DatasetList implements Callable<Outcome> {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      showDefaultValue = Visibility.NEVER,
      description = "One of cub, aircraft, cars, dogs; default: all.")
  private String dataset;

  @Spec private CommandSpec spec;

  @Override
  public Outcome call() {
    List<String> names = dataset == null ? DatasetManifest.NAMES : List.of(dataset);
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      append(text, DatasetManifest.of(CommandLines.dataset(spec, name)));
    }
    return Outcome.shows(text.toString().stripTrailing());
  }

  private static void append(StringBuilder text, DatasetManifest manifest) {
    var official = manifest.official();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %s, %d classes, %,d train and %,d test images%n",
            manifest.name(),
            manifest.title(),
            official.classes(),
            official.train(),
            official.test()));
    text.append("  files\n");
    for (ManifestFile file : manifest.files()) {
      text.append("    ").append(file.name());
      file.bytes()
          .ifPresent(bytes -> text.append(String.format(Locale.ROOT, "  %,d bytes", bytes)));
      text.append('\n');
      file.md5().ifPresent(md5 -> text.append("      md5 ").append(md5).append('\n'));
      file.sha256().ifPresent(hash -> text.append("      sha256 ").append(hash).append('\n'));
      file.sources().forEach(source -> text.append("      ").append(source).append('\n'));
    }
    text.append("  layout\n");
    manifest.layout().forEach(line -> text.append("    ").append(line).append('\n'));
    text.append("  licence\n    ").append(manifest.licence()).append('\n');
    text.append("  remarks\n");
    manifest.remarks().forEach(remark -> text.append("    ").append(remark).append('\n'));
    text.append('\n');
  }
}
