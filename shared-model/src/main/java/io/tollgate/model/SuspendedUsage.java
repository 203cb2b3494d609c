package io.tollgate.model;

import java.util.Map;

/**
 * How usage of a suspended instance is told from its other usage, so that a window which a
 * suspension or a resumption cuts has a total of each part: by a dimension of its own, which no
 * meter can define because its name is no identifier.
 *
 * <p>A product that charges retained storage charges both alike; its usage is never divided.
 */
public final class SuspendedUsage {

  /** The dimension; its value is {@value #MARK}. */
  public static final String DIMENSION = "_suspended";

  /** The value of the dimension. */
  public static final String MARK = "true";

  private SuspendedUsage() {}

  /** Whether the dimensions of a series say that the instance was suspended when it was used. */
  public static boolean marks(Map<String, String> dimensions) {
    return dimensions.containsKey(DIMENSION);
  }
}
