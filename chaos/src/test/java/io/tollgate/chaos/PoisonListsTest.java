package io.tollgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.chaos.PoisonLists.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoisonListsTest {

  private static final String ACCOUNT = Poison.NO_PRICE.account();

  private final Map<String, List<Entry>> entries = new HashMap<>();

  PoisonListsTest() {
    for (Poison poison : Poison.values()) {
      if (poison.outcome() != Poison.Outcome.CARRIED_OUT) {
        entries.put(poison.account(), List.of(new Entry(poison.outcome().list(), "its reason")));
      }
    }
  }

  @Test
  void eachIsListedWhereItShouldBeAndNobodyElseIs() {
    assertThat(misplaced()).isEmpty();
  }

  @Test
  void whatIsListedNowhereIsFound() {
    entries.remove(ACCOUNT);
    assertThat(misplaced()).containsExactly("p-no-price is listed as []");
  }

  @Test
  void whatIsListedWithoutAReasonIsFound() {
    entries.put(ACCOUNT, List.of(new Entry("billing charging", " ")));
    assertThat(misplaced()).singleElement().asString().startsWith("p-no-price is listed as");
  }

  @Test
  void whatIsListedElsewhereTooIsFound() {
    List<Entry> more = new ArrayList<>(entries.getOrDefault(ACCOUNT, List.of()));
    more.add(new Entry("account instance-life", "its reason"));
    entries.put(ACCOUNT, more);
    assertThat(misplaced()).singleElement().asString().contains("instance-life");
  }

  @Test
  void aListedAccountThatIsNotPoisonedIsFound() {
    entries.put("a-7", List.of(new Entry("billing charging", "its reason")));
    assertThat(misplaced()).singleElement().asString().startsWith("a-7 is not poisoned");
  }

  private List<String> misplaced() {
    return new PoisonLists(entries).misplaced();
  }
}
