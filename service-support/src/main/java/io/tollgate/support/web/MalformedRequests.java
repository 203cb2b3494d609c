package io.tollgate.support.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResultProvider;
import java.util.concurrent.TimeUnit;
import reactor.netty.NettyPipeline;

/**
 * Closes the connection of a request that cannot be parsed.
 *
 * <p>Reactor Netty answers such a request and closes the connection. But while it is still
 * completing the previous request on that connection, it mistakes the error response for the
 * response of that request and drops it; the client then waited forever.
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
