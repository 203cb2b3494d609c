package io.tollgate.support.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResultProvider;
import java.util.concurrent.TimeUnit;
import reactor.netty.NettyPipeline;

/**
 * Ends the connection of a request that cannot be read.
 *
 * <p>Reactor Netty answers such a request and closes; but while it still puts away the request
 * before it on the connection, it takes the refusal for that one's answer and drops it. The client
 * then waited for ever.
 */
@Sharable
final class MalformedRequests extends ChannelInboundHandlerAdapter {

  /** Long enough for the refusal to be sent where it is. */
  private static final long GRACE_MILLIS = 500;

  /** Watches a new connection, if it speaks HTTP/1. */
  void watch(Channel channel) {
    if (channel.pipeline().get(NettyPipeline.HttpTrafficHandler) == null) {
      return;
    }
    channel.pipeline().addBefore(NettyPipeline.HttpTrafficHandler, "malformed-requests", this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof DecoderResultProvider read && read.decoderResult().isFailure()) {
      Runnable end =
          () -> {
            var unusedClosing = context.close();
          };
      var unusedTask = context.executor().schedule(end, GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }
    context.fireChannelRead(message);
  }
}
