package org.finegrain.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.finegrain.storage.S3Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritableFolderS3IT {
  @TempDir private Path temporary;

  @Test
  void s3PublishesFileByFileAndNothingIsLeftBehind() throws Exception {
    try (S3Server s3 = S3Server.start(temporary)) {
      Finding finding = new WritableFolder(s3.folder("runs")).examine();
      assertThat(finding.text())
          .isEqualTo(
              s3.location("runs")
                  + ": writes files, replaces them, publishes folders file by file with the marker last,"
                  + " and never over another");
      assertThat(finding.verdict()).isEqualTo(Finding.Verdict.OK);
      assertThat(s3.folder("runs").unfinished()).isEmpty();
      assertThat(s3.folder("").files()).isEmpty();
    }
  }
}
