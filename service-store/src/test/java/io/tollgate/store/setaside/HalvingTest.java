package io.tollgate.store.setaside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class HalvingTest {
  private final List<List<Integer>> tried = new ArrayList<>();

  @Test
  void goodItemsAreDoneTogether() {
    assertThat(run(List.of(1, 2, 3))).containsExactly("1", "2", "3");
    assertThat(tried).containsExactly(List.of(1, 2, 3));
  }

  @Test
  void oneThatFailsStandsAloneAndTheOthersKeepTheirOrder() {
    assertThat(run(List.of(1, 2, -3, 4, 5))).containsExactly("1", "2", "-3 fails", "4", "5");
    assertThat(tried)
        .containsExactly(
            List.of(1, 2, -3, 4, 5), List.of(1, 2), List.of(-3, 4, 5), List.of(-3), List.of(4, 5));
  }

  @Test
  void whateverTheDataProvokesIsAFailure() {
    List<String> results =
        Halving.run(
            "test",
            List.of(new StackOverflowError("deep"), new AssertionError("wrong")),
            items -> {
              throw items.getFirst();
            },
            (item, failure) -> List.of(String.valueOf(failure.getMessage())));
    assertThat(results).containsExactly("deep", "wrong");
  }

  @Test
  void aFailureOfTheInfrastructureIsNobodys() {
    RuntimeException gone =
        new DataAccessResourceFailureException("gone", new SQLException("gone", "08006"));
    assertThatThrownBy(
            () ->
                Halving.run(
                    "test",
                    List.of(1, 2),
                    items -> {
                      tried.add(items);
                      throw gone;
                    },
                    (item, failure) -> List.of("alone")))
        .isSameAs(gone);
    assertThat(tried).containsExactly(List.of(1, 2));
  }

  @Test
  void nothingIsNotTried() {
    assertThat(run(List.of())).isEmpty();
    assertThat(tried).isEmpty();
  }

  private List<String> run(List<Integer> items) {
    return Halving.run(
        "test",
        items,
        some -> {
          tried.add(some);
          if (some.stream().anyMatch(item -> item < 0)) {
            throw new IllegalStateException("negative");
          }
          return some.stream().map(String::valueOf).toList();
        },
        (item, failure) -> List.of(item + " fails"));
  }
}
