package io.tollgate.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Requests over kept-alive connections, one at a time on each, from one thread: as cheap as it
 * goes, because the load shares its processors with what it measures.
 */
final class HttpLoad implements AutoCloseable {
  static final AttributeKey<Long> SINCE = AttributeKey.valueOf("bench.since");
  private static final long LIMIT_SECONDS = 600;
  private static final long PAUSE_NANOS = Duration.ofNanos(100_000).toNanos();

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<Channel> channels = new ArrayList<>();
  private @Nullable HttpRun run;

  /**
   * What came of a load.
   *
   * @param seconds from the first request to the last answer
   * @param refused requests that were not answered 2xx
   * @param latencies in nanoseconds
   */
  record Outcome(int requests, int refused, double seconds, Histogram latencies) {

    double perSecond() {
      return requests / seconds;
    }

    double millisAt(double percentile) {
      return latencies.getValueAtPercentile(percentile) / 1e6;
    }
  }

  private HttpLoad() {}

  static HttpLoad connect(URI service, int connections) throws InterruptedException {
    HttpLoad load = new HttpLoad();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(load.group)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(load.new Initializer());
    for (int i = 0; i < connections; i++) {
      load.channels.add(bootstrap.connect(service.getHost(), service.getPort()).sync().channel());
    }
    return load;
  }

  private final class Initializer extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      channel.pipeline().addLast(new HttpResponseDecoder(), new Answers());
    }
  }

  private final class Answers extends SimpleChannelInboundHandler<HttpObject> {
    private boolean ok;

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
      if (part instanceof HttpResponse response) {
        ok = response.status().codeClass() == HttpStatusClass.SUCCESS;
      }
      if (part instanceof LastHttpContent && run != null) {
        run.answered(context.channel(), ok);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (run != null) {
        run.fail(new IllegalStateException("a connection was closed"));
      }
    }
  }

  /** Each connection sends its next request when the one before is answered. */
  Outcome closed(int requests, IntFunction<byte[]> request) throws Exception {
    HttpRun load = new HttpRun(requests, request, false);
    Stopwatch watch = Stopwatch.start();
    begin(load);
    return outcome(load, requests, watch);
  }

  /** Requests at a steady rate; latency counts from when each was meant to start. */
  Outcome open(int requests, double perSecond, IntFunction<byte[]> request) throws Exception {
    HttpRun load = new HttpRun(requests, request, true);
    begin(load);
    OpenLoop schedule = OpenLoop.fromNow(perSecond);
    Stopwatch watch = new Stopwatch(schedule.startNanos());
    long offered = 0;
    while (offered < requests) {
      long from = offered;
      long to = Math.min(requests, schedule.dueBy(System.nanoTime()));
      if (to > from) {
        group.execute(
            () -> {
              for (long n = from; n < to; n++) {
                load.offer(schedule.intended(n));
              }
            });
        offered = to;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return outcome(load, requests, watch);
  }

  private void begin(HttpRun load) throws Exception {
    group
        .submit(
            () -> {
              run = load;
              load.start(channels);
            })
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static Outcome outcome(HttpRun load, int requests, Stopwatch watch) throws Exception {
    HttpRun done = load.done().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    return new Outcome(requests, done.refused(), watch.seconds(), done.latencies());
  }

  @Override
  public void close() {
    run = null;
    var unused = group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
