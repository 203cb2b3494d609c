package io.tollgate.bench;

/**
 * What a figure is to reach on two cores with everything on one machine.
 *
 * @param direction whether more or less is better
 * @param value in the unit of the figure
 */
record Goal(Direction direction, double value) {

  enum Direction {
    AT_LEAST(">="),
    BELOW("<");

    private final String sign;

    Direction(String sign) {
      this.sign = sign;
    }
  }

  static Goal atLeast(double value) {
    return new Goal(Direction.AT_LEAST, value);
  }

  static Goal below(double value) {
    return new Goal(Direction.BELOW, value);
  }

  boolean isReachedBy(double measured) {
    return switch (direction) {
      case AT_LEAST -> measured >= value;
      case BELOW -> measured < value;
    };
  }

  String sign() {
    return direction.sign;
  }
}
