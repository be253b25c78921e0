package org.finegrain.report;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.finegrain.ingest.LocalSpark;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The Spark session of a test class that reads reports: opened and closed once. */
final class ReportSpark implements BeforeAllCallback, AfterAllCallback {
  private SparkSession session;

  @Override
  public void beforeAll(ExtensionContext context) {
    session = LocalSpark.open();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    session.close();
  }

  SparkSession session() {
    return session;
  }

  Report report(List<Folder> folders, Optional<Folder> data) throws IOException {
    return Report.of(session, folders, data);
  }
}
