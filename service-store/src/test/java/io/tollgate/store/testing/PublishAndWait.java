package io.tollgate.store.testing;

import io.tollgate.support.messaging.TopicSpec;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process that publishes three events of account a, to be killed by a fault point meanwhile. */
public final class PublishAndWait {

  private PublishAndWait() {}

  /** Arguments: service, data directory, database URL, user, password, Kafka, topic. */
  public static void main(String[] args) throws InterruptedException {
    String topic = args[6];
    try (TestService running =
        TestService.named(args[0], args[2], args[3], args[4], args[5], Path.of(args[1]))
            .bean("topic", TopicSpec.class, TopicSpec.appended(topic))
            .start()) {
      running.publish(
          Counted.message(topic, "a", 1),
          Counted.message(topic, "a", 2),
          Counted.message(topic, "a", 3));
      var unused = new CountDownLatch(1).await(30, TimeUnit.SECONDS);
    }
  }
}
