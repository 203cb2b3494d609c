package io.tollgate.store.consumer;

import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down when a consumer or one of its threads has died: the service then misses events. */
final class ConsumersHealthIndicator extends AbstractHealthIndicator {

  private final PositionedConsumers consumers;

  ConsumersHealthIndicator(PositionedConsumers consumers) {
    this.consumers = consumers;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    List<String> defects = consumers.defects();
    if (defects.isEmpty()) {
      builder.up();
    } else {
      builder.down().withDetail("defects", defects);
    }
  }
}
