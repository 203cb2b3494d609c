package io.tollgate.standalone.demo;

import java.util.List;

/**
 * A customer of the demo.
 *
 * @param account its account
 * @param instances what it runs
 * @param funds what it recharges before the month
 */
public record Customer(String account, List<Instance> instances, String funds) {

  /** Keeps its own copy. */
  public Customer {
    instances = List.copyOf(instances);
  }

  /** An instance of a product. */
  public record Instance(String instance, String product) {}
}
