package io.tollgate.bench;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/** One load's requests and their latencies; used by the connections' one thread only. */
final class HttpRun {
  private static final long HIGHEST_NANOS = Duration.ofMinutes(10).toNanos();

  private final int requests;
  private final IntFunction<byte[]> request;
  private final boolean steady;
  private final Deque<Long> waiting = new ArrayDeque<>();
  private final Deque<Channel> free = new ArrayDeque<>();
  private final Histogram latencies = new Histogram(HIGHEST_NANOS, 3);
  private final CompletableFuture<HttpRun> done = new CompletableFuture<>();
  private int sent;
  private int answered;
  private int refused;

  /**
   * Nothing is sent yet.
   *
   * @param request bytes of each request, by number
   * @param steady whether requests start when they are offered, not when a connection is free
   */
  HttpRun(int requests, IntFunction<byte[]> request, boolean steady) {
    this.requests = requests;
    this.request = request;
    this.steady = steady;
  }

  void start(Collection<Channel> channels) {
    channels.forEach(this::goOn);
  }

  /** A request is meant to start at an instant: by the next free connection. */
  void offer(long intendedNanos) {
    Channel channel = free.poll();
    if (channel == null) {
      waiting.add(intendedNanos);
    } else {
      send(channel, intendedNanos);
    }
  }

  private void goOn(Channel channel) {
    if (!steady && sent < requests) {
      send(channel, System.nanoTime());
    } else if (waiting.isEmpty()) {
      free.add(channel);
    } else {
      send(channel, waiting.remove());
    }
  }

  private void send(Channel channel, long intendedNanos) {
    channel.attr(HttpLoad.SINCE).set(intendedNanos);
    var unused = channel.writeAndFlush(Unpooled.wrappedBuffer(request.apply(sent)));
    sent++;
  }

  void answered(Channel channel, boolean ok) {
    latencies.recordValue(
        Math.min(HIGHEST_NANOS, System.nanoTime() - channel.attr(HttpLoad.SINCE).get()));
    refused += ok ? 0 : 1;
    answered++;
    if (answered == requests) {
      done.complete(this);
    } else {
      goOn(channel);
    }
  }

  void fail(Throwable cause) {
    done.completeExceptionally(cause);
  }

  /** Itself when the last request is answered. */
  CompletableFuture<HttpRun> done() {
    return done;
  }

  int refused() {
    return refused;
  }

  Histogram latencies() {
    return latencies;
  }
}
