package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunLinksTest {
  private static final String ID = "0123456789ab";

  @Test
  void linksOnTheSameFileSystemAreRelative() {
    RunLinks links = new RunLinks("file:/data/report");
    assertThat(links.to(RunPlace.ofTrial("file:/data/a sweep é", ID)))
        .contains("../a%20sweep%20%C3%A9/trials/" + ID + "/");
    assertThat(links.to(new RunPlace("file:/data/report/runs/" + ID, "", ID)))
        .contains("runs/" + ID + "/");
    assertThat(links.to(RunPlace.ofTrial("file:/data/a:b", ID)))
        .contains("../a:b/trials/" + ID + "/");
  }

  @Test
  void signsOfAddressesInNamesAreEscaped() {
    assertThat(new RunLinks("file:/data/report").to(RunPlace.ofTrial("file:/data/[50%] #1?", ID)))
        .contains("../%5B50%25%5D%20%231%3F/trials/" + ID + "/");
  }

  @Test
  void linksWithinAStoreAreRelativeToo() {
    assertThat(
            new RunLinks("s3a://bucket/all/report").to(RunPlace.ofTrial("s3a://bucket/all/é", ID)))
        .contains("../%C3%A9/trials/" + ID + "/");
    assertThat(new RunLinks("s3a://one/report").to(RunPlace.ofTrial("s3a://two/sweep", ID)))
        .contains("s3a://two/sweep/trials/" + ID + "/");
  }

  @Test
  void linksToOtherStoresAreTheirAddresses() {
    assertThat(new RunLinks("file:/report").to(RunPlace.ofTrial("s3a://bucket/a sweep", ID)))
        .contains("s3a://bucket/a%20sweep/trials/" + ID + "/");
    assertThat(new RunLinks("hdfs://host/report").to(RunPlace.ofTrial("file:/sweep", ID)))
        .contains("file:/sweep/trials/" + ID + "/");
  }
}
