package api;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request has started but is not complete in time, even if bytes keep
 * arriving slowly. Otherwise half-sent requests would stay forever.
 */
final class RequestDeadline {
  private static final String DECODER = "httpDecoder";

  private final Channel channel;
  private final int seconds;
  private @Nullable ScheduledFuture<?> closing;

  private RequestDeadline(Channel channel, int seconds) {
    this.channel = channel;
    this.seconds = seconds;
  }

  static void watch(Channel channel, int seconds) {
    RequestDeadline deadline = new RequestDeadline(channel, seconds);
    channel.pipeline().addBefore(DECODER, "requestBegin", deadline.new Begin());
    channel.pipeline().addAfter(DECODER, "requestEnd", deadline.new End());
  }

  private void cancel() {
    if (closing != null) {
      closing.cancel(false);
      closing = null;
    }
  }

  /** Sees the raw bytes. */
  private final class Begin extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      if (closing == null) {
        closing =
            channel.eventLoop().schedule((Runnable) channel::close, seconds, TimeUnit.SECONDS);
      }
      context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      cancel();
      context.fireChannelInactive();
    }
  }

  /** Sees the decoded messages. */
  private final class End extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof LastHttpContent) {
        cancel();
      }
      context.fireChannelRead(message);
    }
  }
}
