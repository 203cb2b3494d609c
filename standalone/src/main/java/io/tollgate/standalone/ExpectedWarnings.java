package io.tollgate.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out of the log what libraries warn of at every good start or stop, so that a warning in it
 * means something. Each is named by its logger and its words: whatever else that logger says stays.
 */
public final class ExpectedWarnings extends Filter<ILoggingEvent> {

  private static final List<Expected> EXPECTED =
      List.of(
          // A broker says at every start that it is its own controller, and at its first one that
          // there is no metadata yet; anything else it has to add there is worth reading.
          new Expected(
              "org.apache.kafka.controller.QuorumController",
              "activation[.]( The metadata log appears to be empty[.].*)?$"),
          // A broker registers with a controller that is still taking over, and does so again.
          new Expected(
              "kafka.server.ControllerApis",
              "apiKey=(CONTROLLER|BROKER)_REGISTRATION.*NotControllerException"),
          // A transaction begins while the broker still ends the one before: the producer asks
          // again.
          new Expected(
              "org.apache.kafka.clients.producer.internals.Sender",
              "retrying .* Error: CONCURRENT_TRANSACTIONS$"),
          // Kafka Streams asks for the ends of all partitions of a global table before it assigns
          // them one by one, and the consumer cannot remember an end of what it does not have.
          new Expected(
              "org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils",
              "Not updating last stable offset for partition"),
          // The broker closes its connection to the controller twice while it stops.
          new Expected(
              "org.apache.kafka.clients.NetworkClient",
              "Attempting to close NetworkClient that has already been closed"),
          // Of a body that stopped coming Reactor Netty tells its reader twice.
          new Expected(
              "reactor.core.publisher.Operators",
              "onErrorDropped io[.]netty[.]handler[.]timeout[.]ReadTimeoutException$"),
          // A machine without a network: Netty then names its channels by random bytes.
          new Expected(
              "io.netty.util.internal.MacAddressUtil",
              "Failed to find a usable hardware address from the network interfaces"));

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return event.getLevel().isGreaterOrEqual(Level.WARN)
            && EXPECTED.stream().anyMatch(e -> e.matches(event))
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  /**
   * A warning that says nothing.
   *
   * @param logger whose it is
   * @param words a pattern that its message, followed by what it was caused by, holds
   */
  private record Expected(String logger, Pattern words) {

    Expected(String logger, String words) {
      this(logger, Pattern.compile(words));
    }

    boolean matches(ILoggingEvent event) {
      return event.getLoggerName().equals(logger)
          && words.matcher(event.getFormattedMessage() + causes(event.getThrowableProxy())).find();
    }

    private static String causes(@Nullable IThrowableProxy thrown) {
      return thrown == null ? "" : " " + thrown.getClassName() + causes(thrown.getCause());
    }
  }
}
