package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A sellable product of the catalogue.
 *
 * @param value the identifier's text, checked by {@link Identifiers#check}
 */
public record ProductId(@JsonValue String value) implements Comparable<ProductId> {

  public ProductId {
    Identifiers.check("a product's id", value);
  }

  /** Reads the plain JSON string. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ProductId of(String value) {
    return new ProductId(value);
  }

  @Override
  public int compareTo(ProductId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
