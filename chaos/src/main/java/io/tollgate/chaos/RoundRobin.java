package io.tollgate.chaos;

import io.tollgate.standalone.Api;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What a load balancer does, at the client: requests go to the instances in turn. */
final class RoundRobin implements Supplier<Api> {

  private final List<Api> instances = new CopyOnWriteArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  void add(Api instance) {
    instances.add(instance);
  }

  @Override
  public Api get() {
    return instances.get(Math.floorMod(next.getAndIncrement(), instances.size()));
  }
}
