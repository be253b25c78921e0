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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
          lines.push(`height ${frame.width}: ${page.documentElement.scrollHeight}`);
          let level = 0;
          for (const heading of page.querySelectorAll("h1, h2, h3")) {
            const next = Number(heading.tagName[1]);
            if (next > level + 1) lines.push(`heading out of order: ${heading.textContent}`);
            level = next;
          }
          const table = page.querySelector("#results table");
          const heads = [...table.querySelectorAll("thead [role=button]")];
          const button = heads.find((head) => head.textContent === "mean rank") ?? heads.pop();
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
    Path out = report(sweep());
    String shown = framed(out);
    assertThat(shown.lines())
        .contains("descending: 5 9 auto", "ascending: 9 5 auto")
        .filteredOn(line -> line.contains("overflow"))
        .isEmpty();
    assertThat(shown).contains("shown 1280: ", "shown 390: ");
  }

  @Test
  void thePageOfAPaperCanBeReadEverywhere() throws Exception {
    Path out = report(FakePaper.writeWhole(temporary.resolve("paper")));
    String shown = framed(out);
    assertThat(shown.lines())
        .contains(
            "ascending: A&lt;b&gt;A&lt;/b&gt;M CBAM ECA SE none failed diverged pruned planned"
                + " unreadable")
        .filteredOn(line -> line.contains("overflow") || line.contains("heading"))
        .isEmpty();
    String page = Files.readString(out.resolve("index.html"));
    assertThat(page)
        .doesNotContain("<script>alert", "<img", "\u202E", "</title></svg>")
        .contains("&lt;/script&gt;&lt;script&gt;alert(&#39;in a name&#39;)", "never ended");
    // The folded parts are long lists and the figures of further datasets.
    assertThat(height(shown)).isLessThan(15_000);

    // Without its script, the page is what a browser shows whose scripts are off.
    Path scriptless = out.resolve("scriptless.html");
    Files.writeString(scriptless, page.substring(0, page.lastIndexOf("<script>")));
    Path pdf = temporary.resolve("page.pdf");
    browse("--no-pdf-header-footer", "--print-to-pdf=" + pdf, scriptless.toUri().toString());
    printedTextHasEveryTable(pdf, page);
  }

  private Path report(Path sweep) throws IOException {
    Path out = temporary.resolve("a report, é");
    SPARK
        .report(List.of(Folder.at(sweep.toString(), new Configuration(false))), Optional.empty())
        .write(Folder.at(out.toString(), new Configuration(false)));
    return out;
  }

  /** Shows a page in both widths, and returns what the wrapper found. */
  private String framed(Path out) throws IOException, InterruptedException {
    Path frames = out.resolve("frames.html");
    Files.writeString(frames, WRAPPER);
    String shown =
        browse(
            "--allow-file-access-from-files",
            "--virtual-time-budget=5000",
            "--dump-dom",
            frames.toUri().toString());
    return shown.substring(shown.indexOf("<pre>") + "<pre>".length(), shown.indexOf("</pre>"));
  }

  private static int height(String shown) {
    Matcher height = Pattern.compile("height 1280: (\\d+)").matcher(shown);
    assertThat(height.find()).isTrue();
    return Integer.parseInt(height.group(1));
  }

  private void printedTextHasEveryTable(Path pdf, String page) throws Exception {
    assertThat(pdf).isNotEmptyFile();
    Optional<Path> reader = program("pdftotext");
    if (reader.isPresent()) {
      Path text = temporary.resolve("page.txt");
      int code =
          new ProcessBuilder(reader.get().toString(), "-layout", pdf.toString(), text.toString())
              .inheritIO()
              .start()
              .waitFor();
      assertThat(code).isZero();
      String printed = Files.readString(text).replaceAll("\\s+", " ");
      List<String> captions =
          Pattern.compile("<caption><(?:h3|span)>([^<]+)<")
              .matcher(page)
              .results()
              .map(caption -> caption.group(1))
              .toList();
      assertThat(captions)
          .hasSizeGreaterThan(15)
          .allSatisfy(it -> assertThat(printed).contains(it));
      assertThat(printed)
          .contains("Learning curves on Stanford Dogs", "never ended", "No space left on device")
          .contains("train.epochs", "loss NaN at epoch 3", "is below the median");
    }
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

  /** Starts the browser once, and returns what it wrote; it must not complain. */
  private String browse(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(browser().toString()));
    command.addAll(
        List.of(
            "--headless=new",
            "--no-sandbox", // a test may run as root
            "--enable-logging=stderr",
            "--user-data-dir=" + temporary.resolve("profile")));
    command.addAll(List.of(options));
    Path written = temporary.resolve("written");
    Path log = temporary.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(written.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the browser ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(log)).doesNotContain("CONSOLE", "Uncaught", "alert");
    return Files.readString(written);
  }

  private static Path browser() {
    Optional<Path> found =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> program(name).stream())
            .findFirst();
    assumeTrue(found.isPresent(), "no browser here: the page is not shown");
    return found.orElseThrow();
  }

  private static Optional<Path> program(String name) {
    return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
