package org.finegrain.bigdl.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.TransportConf;
import scala.Option;

/**
 * A server and a client with which executors fetch numbers from one another, from array to array.
 * Between hosts the numbers travel as streams of Spark's transport, with its settings for shuffles,
 * authentication and encryption. Spark's block manager would copy them several times more, and
 * register each block. Executors of one host read them from memory that they share.
 */
final class PeerExchange implements AutoCloseable {
  private static final String SETTINGS = "shuffle";
  private static final int THREADS_BY_PROCESSORS = 0;
  private static final int ANY_PORT = 0;

  private final Map<String, OutgoingNumbers> offered = new ConcurrentHashMap<>();
  private final TransportContext transport;
  private final TransportServer server;
  private final TransportClientFactory clients;
  private final HostMemory memory;
  private final ExecutorAddress address;

  private PeerExchange(SparkConf conf, SecurityManager security, String host, HostMemory memory) {
    TransportConf settings =
        SparkTransportConf.fromSparkConf(conf, SETTINGS, THREADS_BY_PROCESSORS, Option.empty());
    transport = new TransportContext(settings, new Handler());
    server = transport.createServer(host, ANY_PORT, forServer(settings, security));
    clients = transport.createClientFactory(forClient(conf, settings, security));
    this.memory = memory;
    address =
        new ExecutorAddress(host, server.getPort(), UUID.randomUUID().toString(), memory.place());
  }

  /**
   * Starts the server, on a port that the system chooses.
   *
   * @param host the name or address by which the other executors reach this one
   * @param memory the memory that it shares with executors of its host; {@link #close} closes it
   */
  static PeerExchange open(
      SparkConf conf, SecurityManager security, String host, HostMemory memory) {
    return new PeerExchange(conf, security, host, memory);
  }

  private static List<TransportServerBootstrap> forServer(
      TransportConf settings, SecurityManager security) {
    return security.isAuthenticationEnabled()
        ? List.of(new AuthServerBootstrap(settings, security))
        : List.of();
  }

  private static List<TransportClientBootstrap> forClient(
      SparkConf conf, TransportConf settings, SecurityManager security) {
    return security.isAuthenticationEnabled()
        ? List.of(new AuthClientBootstrap(settings, conf.getAppId(), security))
        : List.of();
  }

  /** Returns the address at which the others fetch what this executor offers. */
  ExecutorAddress address() {
    return address;
  }

  /**
   * Offers numbers of an array under a name. All executors must have fetched what the name stood
   * for before.
   *
   * @param from the array, which must not change until all executors have fetched the numbers
   * @param to the executors that will fetch the numbers, the same for each use of the name
   */
  void offer(
      String name,
      float[] from,
      int offset,
      int length,
      NumberFormat format,
      Collection<ExecutorAddress> to) {
    offered.put(address.stream(name), new OutgoingNumbers(from, offset, length, format));
    if (to.stream().anyMatch(this::isOnThisHost)) {
      memory
          .give(name, format.bytes(length))
          .ifPresent(shared -> format.write(from, offset, length, shared));
    }
  }

  private boolean isOnThisHost(ExecutorAddress other) {
    return other.host().equals(address.host());
  }

  /**
   * Fetches the numbers that an executor offers under a name.
   *
   * @param from the address of the executor
   * @param format the format in which it offers them
   * @param to receives the numbers
   * @return completes when all numbers are in {@code to}; fails with an {@link IOException}
   */
  CompletableFuture<Void> fetch(
      ExecutorAddress from, String name, NumberFormat format, float[] to, int offset, int length) {
    IncomingNumbers incoming = new IncomingNumbers(name, format, to, offset, length);
    Optional<ByteBuffer> shared =
        isOnThisHost(from) ? memory.find(from.memory(), name) : Optional.empty();
    if (shared.isPresent()) {
      incoming.onAll(shared.get());
      return incoming.arrived();
    }
    try {
      clients.createClient(from.host(), from.port()).stream(from.stream(name), incoming);
      return incoming.arrived();
    } catch (IOException
        | RuntimeException e) { // the latter if the server does not authenticate it
      incoming.onFailure(name, e);
      return incoming.arrived();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {
    clients.close();
    server.close();
    transport.close();
    memory.close();
  }

  /** Opens the streams of what is offered, and refuses all other requests. */
  private final class Handler extends RpcHandler {
    private final StreamManager streams =
        new StreamManager() {
          @Override
          public ManagedBuffer getChunk(long stream, int chunk) {
            throw new UnsupportedOperationException("This server sends whole streams only");
          }

          @Override
          public ManagedBuffer openStream(String stream) {
            OutgoingNumbers numbers = offered.get(stream);
            if (numbers == null) {
              throw new IllegalArgumentException("This executor offers nothing of that name");
            }
            return numbers;
          }
        };

    @Override
    public StreamManager getStreamManager() {
      return streams;
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
      throw new UnsupportedOperationException("This server sends streams only");
    }
  }
}
