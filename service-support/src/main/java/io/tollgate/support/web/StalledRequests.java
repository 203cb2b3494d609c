package io.tollgate.support.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Ends a request whose body stops coming: it is answered 408, and its connection is closed.
 *
 * <p>Netty's own handler for this closes the connection at the same instant, mostly before the
 * answer is written. Requests that arrive in one piece, as nearly all do, set no timer here.
 */
final class StalledRequests extends ChannelInboundHandlerAdapter {

  /** Long enough for the answer; writing it closes the connection earlier. */
  private static final long GRACE_MILLIS = 2_000;

  private final long limitMillis;
  private boolean unfinished;
  private @Nullable Future<?> alarm;

  private StalledRequests(Duration limit) {
    this.limitMillis = limit.toMillis();
  }

  /**
   * Watches a new connection, if it speaks HTTP/1.
   *
   * @param limit longest silence in the middle of a request
   */
  static void watch(Channel channel, Duration limit) {
    if (channel.pipeline().get(NettyPipeline.HttpTrafficHandler) == null) {
      return;
    }
    channel
        .pipeline()
        .addBefore(
            NettyPipeline.HttpTrafficHandler, "stalled-requests", new StalledRequests(limit));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      unfinished = true;
    }
    if (message instanceof LastHttpContent) {
      unfinished = false;
    }
    cancel();
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (unfinished && alarm == null) {
      alarm =
          context.executor().schedule(() -> stalled(context), limitMillis, TimeUnit.MILLISECONDS);
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    cancel();
  }

  private void cancel() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }

  private void stalled(ChannelHandlerContext context) {
    context.fireExceptionCaught(ReadTimeoutException.INSTANCE);
    Runnable end =
        () -> {
          var unusedClosing = context.close();
        };
    var unusedTask = context.executor().schedule(end, GRACE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
