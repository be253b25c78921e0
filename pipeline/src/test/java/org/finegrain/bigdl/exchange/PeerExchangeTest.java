package org.finegrain.bigdl.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.package$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scala.Option;

class PeerExchangeTest {
  private static final NumberFormat FLOAT32 = NumberFormat.FLOAT32;
  private static final int LENGTH = 300_001;

  /** The ways in which Spark secures its transport. */
  private enum Security {
    NONE,
    AUTHENTICATION,
    ENCRYPTION,
    SASL;

    private SparkConf settings() {
      SparkConf conf = new SparkConf(false).set("spark.app.id", "exchange");
      return switch (this) {
        case NONE -> conf;
        case AUTHENTICATION -> conf.set("spark.authenticate", "true");
        case ENCRYPTION ->
            conf.set("spark.authenticate", "true").set("spark.network.crypto.enabled", "true");
        case SASL ->
            conf.set("spark.authenticate", "true")
                .set("spark.authenticate.enableSaslEncryption", "true")
                .set("spark.network.sasl.serverAlwaysEncrypt", "true");
      };
    }

    PeerExchange open(String secret) {
      SparkConf conf = settings().set("spark.authenticate.secret", secret);
      return PeerExchange.open(
          conf,
          new SecurityManager(conf, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE()),
          "127.0.0.1",
          HostMemory.open());
    }
  }

  @ParameterizedTest
  @EnumSource
  void numbersArriveUnchanged(Security security) throws Exception {
    float[] sent = numbers();
    try (PeerExchange here = security.open("a");
        PeerExchange there = security.open("a")) {
      for (int length : new int[] {0, 1, 3, 1 << 15, LENGTH - 1}) {
        there.offer("numbers", sent, 1, length, FLOAT32, List.of());
        float[] to = new float[length + 4];
        get(here.fetch(there.address(), "numbers", FLOAT32, to, 2, length));
        assertThat(Arrays.equals(to, 2, 2 + length, sent, 1, 1 + length)).isTrue();
        assertThat(new float[] {to[0], to[1], to[length + 2], to[length + 3]}).containsOnly(0);
      }
    }
  }

  @Test
  void numbersOfHalfTheBitsArriveRounded() throws Exception {
    float[] sent = numbers();
    float[] to = new float[LENGTH];
    try (PeerExchange here = Security.NONE.open("");
        PeerExchange there = Security.NONE.open("")) {
      there.offer("numbers", sent, 0, LENGTH, NumberFormat.BFLOAT16, List.of());
      get(here.fetch(there.address(), "numbers", NumberFormat.BFLOAT16, to, 0, LENGTH));
    }
    float largest = 0;
    for (int i = 0; i < LENGTH; i++) {
      largest = Math.max(largest, Math.abs(to[i] / sent[i] - 1));
    }
    assertThat(largest).isBetween(0x1p-12f, 0x1p-8f);
  }

  @Test
  void severalFetchAtOnceWhatIsOfferedLast() throws Exception {
    float[] older = new float[LENGTH];
    float[] newer = numbers();
    try (PeerExchange first = Security.NONE.open("");
        PeerExchange second = Security.NONE.open("");
        PeerExchange there = Security.NONE.open("")) {
      there.offer("numbers", older, 0, LENGTH, FLOAT32, List.of());
      there.offer("numbers", newer, 0, LENGTH, FLOAT32, List.of());
      float[][] to = new float[2][LENGTH];
      List<CompletableFuture<Void>> all =
          List.of(
              first.fetch(there.address(), "numbers", FLOAT32, to[0], 0, LENGTH),
              second.fetch(there.address(), "numbers", FLOAT32, to[1], 0, LENGTH));
      for (CompletableFuture<Void> fetched : all) {
        get(fetched);
      }
      assertThat(Arrays.equals(to[0], newer)).isTrue();
      assertThat(Arrays.equals(to[1], newer)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(NumberFormat.class)
  void executorsOfTheSameHostUseNoSocket(NumberFormat format) throws Exception {
    float[] sent = numbers();
    float[] bySocket = new float[LENGTH];
    float[] to = new float[LENGTH];
    try (PeerExchange here = Security.NONE.open("");
        PeerExchange there = Security.NONE.open("")) {
      ExecutorAddress address = there.address();
      ExecutorAddress deaf =
          new ExecutorAddress(address.host(), 1, address.key(), address.memory());
      for (int repetition = 0; repetition < 3; repetition++) {
        sent[repetition] = repetition - 1;
        there.offer("some numbers", sent, 0, LENGTH, format, List.of(here.address()));
        get(here.fetch(deaf, "some numbers", format, to, 0, LENGTH));
        get(
            here.fetch(
                new ExecutorAddress(address.host(), address.port(), address.key(), "/nowhere"),
                "some numbers",
                format,
                bySocket,
                0,
                LENGTH));
        assertThat(Arrays.equals(to, bySocket)).isTrue();
        assertThat(to[repetition]).isEqualTo(repetition - 1);
      }
      assertFails(here.fetch(deaf, "some numbers", format, to, 1, LENGTH - 1), "more numbers");
      assertFails(here.fetch(deaf, "others", format, to, 0, LENGTH), "others");
    }
  }

  @Test
  void whatCannotBeFetchedFailsWithItsCause() {
    float[] to = new float[4];
    // The connection of a refused stream may still be closing, so the last fetch has one of its
    // own.
    try (PeerExchange here = Security.NONE.open("");
        PeerExchange later = Security.NONE.open("")) {
      PeerExchange there = Security.NONE.open("");
      there.offer("numbers", new float[3], 0, 3, FLOAT32, List.of());
      assertFails(here.fetch(there.address(), "others", FLOAT32, to, 0, 3), "others");
      assertFails(here.fetch(there.address(), "numbers", FLOAT32, to, 0, 4), "1 numbers");
      assertFails(here.fetch(there.address(), "numbers", FLOAT32, to, 0, 2), "more numbers");
      there.close();
      assertFails(
          later.fetch(there.address(), "numbers", FLOAT32, to, 0, 3), "" + there.address().port());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void whoDoesNotKnowTheSecretGetsNothing(Security security) {
    try (PeerExchange there = security.open("a");
        PeerExchange stranger = security.open("b")) {
      assertGetsNothing(stranger, there, there.address());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoDoesNotKnowTheKeyGetsNothing(Security security) {
    try (PeerExchange there = security.open("a");
        PeerExchange stranger = Security.NONE.open("")) {
      ExecutorAddress address = there.address();
      assertGetsNothing(
          stranger,
          there,
          new ExecutorAddress(address.host(), address.port(), "guessed", "/nowhere"));
    }
  }

  private static void assertGetsNothing(
      PeerExchange stranger, PeerExchange there, ExecutorAddress address) {
    there.offer("numbers", new float[] {1}, 0, 1, FLOAT32, List.of());
    float[] to = new float[1];
    assertFails(stranger.fetch(address, "numbers", FLOAT32, to, 0, 1), "Cannot fetch numbers");
    assertThat(to).containsExactly(0);
  }

  private static float[] numbers() {
    SplittableRandom random = new SplittableRandom(1);
    float[] numbers = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      numbers[i] = (float) random.nextDouble(1, 2);
    }
    return numbers;
  }

  private static void get(CompletableFuture<Void> arriving) throws Exception {
    arriving.get(1, TimeUnit.MINUTES);
  }

  private static void assertFails(CompletableFuture<Void> arriving, String message) {
    assertThatThrownBy(() -> get(arriving))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }
}
