package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests the page of a report in a real browser, at the width of a desktop and of a phone. */
class PageBrowserTest {
  /** Shows the page in frames of both widths, sorts a table, and writes down what it finds. */
  private static final String WRAPPER =
      """
      <!DOCTYPE html>
      <iframe width="1280" height="900" src="index.html"></iframe>
      <iframe width="390" height="900" src="index.html"></iframe>
      <pre></pre>
      <script>
      const lines = [];
      window.addEventListener("load", () => {
        for (const frame of document.querySelectorAll("iframe")) {
          const page = frame.contentDocument;
          const width = page.documentElement.clientWidth;
          lines.push(`shown ${frame.width}: ${page.querySelectorAll("table").length} tables`);
          if (page.documentElement.scrollWidth > width) lines.push(`overflow ${frame.width}: page`);
          for (const element of page.querySelectorAll("body *")) {
            const right = element.getBoundingClientRect().right;
            if (right > width + 1 && !element.closest(".scroll, .unseen, svg, details:not([open])"))
              lines.push(`overflow ${frame.width}: ${element.tagName} ${element.className}`);
          }
          const table = page.querySelector("#results table");
          const button = [...table.querySelectorAll("thead button")].pop();
          const order = () => [...table.tBodies[0].querySelectorAll("tr:not(.panel)")]
              .map((row) => row.cells[0].textContent).join(" ");
          button.click();
          lines.push(`descending: ${order()}`);
          button.click();
          lines.push(`ascending: ${order()}`);
        }
        document.querySelector("pre").textContent = lines.join("\\n");
      });
      </script>
      """;

  @RegisterExtension static final ReportSpark SPARK = new ReportSpark();

  @TempDir Path temporary;

  @Test
  void nothingOverflowsNoErrorIsLoggedAndTablesCanBeSorted() throws Exception {
    Path browser = browser();
    Path out = temporary.resolve("a report, é");
    SPARK
        .report(List.of(Folder.at(sweep().toString(), new Configuration(false))), Optional.empty())
        .write(Folder.at(out.toString(), new Configuration(false)));
    Files.writeString(out.resolve("frames.html"), WRAPPER);
    String shown = show(browser, out.resolve("frames.html"));
    assertThat(shown.substring(shown.indexOf("<pre>"), shown.indexOf("</pre>")).lines())
        .contains("descending: 5 9 auto", "ascending: 9 5 auto")
        .filteredOn(line -> line.contains("overflow"))
        .isEmpty();
    assertThat(shown).contains("shown 1280: ", "shown 390: ");
    assertThat(Files.readString(temporary.resolve("log")))
        .doesNotContain("CONSOLE", "Uncaught", "alert");
  }

  /** Returns a sweep with long and hostile names, whose last column, the mean rank, has a gap. */
  private Path sweep() {
    String hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> ".repeat(3);
    FakeSweep sweep =
        new FakeSweep(temporary.resolve("sweep"), "a_name_without_a_space_" + hostile);
    double top1 = 0.4;
    for (String dataset : List.of("cub", "aircraft", "cars", "dogs")) {
      sweep.dataset(dataset, 10, 270, 30, 243);
      for (String eta : List.of("5", "9")) {
        for (int seed = 1; seed <= 2; seed++) {
          top1 += 0.01;
          sweep.completed(dataset, eta, "3", seed, top1);
        }
      }
    }
    sweep.diverged("cub", "auto", "3", 1, hostile + "/a/very/long/path".repeat(20));
    return sweep.build();
  }

  private String show(Path browser, Path page) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(browser.toString()));
    command.addAll(
        List.of(
            "--headless=new",
            "--no-sandbox", // a test may run as root
            "--allow-file-access-from-files",
            "--enable-logging=stderr",
            "--virtual-time-budget=5000",
            "--user-data-dir=" + temporary.resolve("profile"),
            "--dump-dom",
            page.toUri().toString()));
    Path dom = temporary.resolve("dom");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(temporary.resolve("log").toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the browser ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(dom);
  }

  private static Path browser() {
    Optional<Path> found =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(
                name ->
                    Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                        .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "no browser here: the page is not shown");
    return found.orElseThrow();
  }
}
