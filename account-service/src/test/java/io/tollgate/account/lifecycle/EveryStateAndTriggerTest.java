package io.tollgate.account.lifecycle;

import static io.tollgate.account.lifecycle.Story.march;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.lifecycle.Termination.Clearing;
import io.tollgate.account.lifecycle.Trigger.HoldScope;
import io.tollgate.account.lifecycle.Warning.Lead;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import io.tollgate.model.event.AccountEvent.InstanceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole table: every state under every trigger, expected by hand. */
class EveryStateAndTriggerTest {

  private static final Instant NOW = march(20, "12:00");
  private static final List<HoldCause> CAUSES = List.of(HoldCause.values());

  /**
   * '=' nothing changes, '!' refused, '*' changed within the state, else the new state's letter.
   */
  @ParameterizedTest
  @CsvSource({
    "ArrearsBegan,        I, *, *, =, =",
    "ArrearsRetimed,      I, *, *, =, =",
    "GraceExcused,        I, *, I, =, =",
    "ArrearsCleared,      =, A, A, =, =",
    "GraceEnded,          =, =, =, =, =",
    "WarningDue,          =, =, =, =, =",
    "WarningDelivered,    =, =, =, =, =",
    "DeletionDue,         =, =, =, =, =",
    "HoldPlaced,          S, S, *, !, !",
    "HoldLifted,          !, !, !, !, !",
    "AccountHoldPlaced,   S, S, *, !, !",
    "AccountHoldLifted,   !, !, !, !, !",
    "RestrictionPlaced,   *, *, *, !, !",
    "RestrictionLifted,   !, !, !, !, !",
    "ArrearsHoldPlaced,   !, !, !, !, !",
    "ArrearsHoldLifted,   !, !, !, !, !",
    "LegalHoldPlaced,     *, *, *, !, !",
    "LegalHoldLifted,     =, =, =, =, =",
    "TerminatedRetaining, S, S, *, =, =",
    "TerminatedClearing,  L, L, L, =, =",
    "ReleaseRequested,    L, L, L, =, =",
    "BackupRuleSet,       *, *, *, !, !",
    "BackupsDue,          =, =, =, =, =",
    "ReleaseAcknowledged, !, !, !, D, =",
  })
  void everyTriggerInEveryState(
      String trigger,
      String active,
      String inArrears,
      String suspended,
      String releasing,
      String released) {
    List<String> expected = List.of(active, inArrears, suspended, releasing, released);
    List<String> actual = new ArrayList<>();
    for (InstanceState state : InstanceState.values()) {
      Story story = in(state);
      actual.add(letter(state, story.tried(trigger(trigger))));
    }
    assertThat(actual).as(trigger).isEqualTo(expected);
  }

  @Test
  void theTableOfTransitionsIsExactlyThis() {
    Map<String, Boolean> allowed = new LinkedHashMap<>();
    for (InstanceState from : InstanceState.values()) {
      for (InstanceState to : InstanceState.values()) {
        allowed.put(from + ">" + to, Transitions.allowed(from, to));
      }
    }
    allowed.values().removeIf(value -> !value);
    assertThat(allowed.keySet())
        .containsExactlyInAnyOrder(
            "ACTIVE>IN_ARREARS",
            "ACTIVE>SUSPENDED",
            "ACTIVE>RELEASING",
            "IN_ARREARS>ACTIVE",
            "IN_ARREARS>SUSPENDED",
            "IN_ARREARS>RELEASING",
            "SUSPENDED>ACTIVE",
            "SUSPENDED>IN_ARREARS",
            "SUSPENDED>RELEASING",
            "RELEASING>RELEASED");
  }

  /** Whatever comes in whatever order: states chain up, and no data goes unwarned. */
  @ParameterizedTest
  @ValueSource(longs = {1, 20260301, 77, 4711, 9_000_000_001L})
  void randomLivesKeepTheRules(long seed) {
    Random random = new Random(seed);
    for (int life = 0; life < 200; life++) {
      randomLife(random, seed);
    }
  }

  private static void randomLife(Random random, long seed) {
    Story story = new Story();
    Instant now = march(1, "00:00");
    for (int step = 0; step < 60; step++) {
      now = now.plusSeconds(random.nextInt(3 * 86_400));
      Trigger trigger = randomTrigger(random, story, now);
      InstanceState before = story.status.state();
      Outcome outcome = story.tried(trigger);
      if (outcome instanceof Outcome.Changed changed) {
        story.then(trigger);
        assertThat(
                before == changed.status().state()
                    || Transitions.allowed(before, changed.status().state()))
            .as("seed %d: %s", seed, trigger)
            .isTrue();
        if (trigger instanceof Trigger.DeletionDue due) {
          assertBothWarningsRan(story, due.at(), seed);
        }
      }
    }
  }

  private static void assertBothWarningsRan(Story story, Instant deleted, long seed) {
    List<AccountEvent.DeletionScheduled> warnings =
        story.told(AccountEvent.DeletionScheduled.class);
    assertThat(warnings).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(2);
    AccountEvent.DeletionScheduled one = warnings.getLast();
    AccountEvent.DeletionScheduled seven = warnings.get(warnings.size() - 2);
    assertThat(seven.leadDays()).as("seed %d", seed).isEqualTo(7);
    assertThat(one.leadDays()).as("seed %d", seed).isEqualTo(1);
    assertThat(deleted)
        .as("seed %d", seed)
        .isAfterOrEqualTo(story.lifecycle.calendar().earliestEffect(seven.at(), 7))
        .isAfterOrEqualTo(story.lifecycle.calendar().earliestEffect(one.at(), 1));
  }

  private static Trigger randomTrigger(Random random, Story story, Instant now) {
    HoldCause cause = CAUSES.get(random.nextInt(CAUSES.size()));
    HoldScope scope = random.nextBoolean() ? HoldScope.INSTANCE : HoldScope.ACCOUNT;
    return switch (random.nextInt(17)) {
      case 0 -> new Trigger.ArrearsBegan(now, now.plusSeconds(86_400), now);
      case 1 -> {
        Instant dueAt = now.minusSeconds(random.nextInt(864_000));
        yield new Trigger.ArrearsRetimed(dueAt, dueAt.plusSeconds(86_400), now);
      }
      case 2 -> new Trigger.ArrearsCleared(now);
      case 3 -> new Trigger.HoldPlaced(scope, cause, HoldEffect.SUSPEND, "because", now);
      case 4 -> new Trigger.HoldLifted(scope, cause, HoldEffect.SUSPEND, "settled", now);
      case 5 ->
          random.nextInt(4) == 0 ? new Trigger.LegalHoldPlaced("a lawsuit", now) : lifted(now);
      case 6 -> random.nextInt(8) == 0 ? trigger("TerminatedRetaining") : lifted(now);
      case 7, 8, 9 ->
          new Trigger.WarningDelivered(
              "vm-1:deletion:%d:%d".formatted(story.status.plans(), random.nextBoolean() ? 7 : 1),
              now);
      case 10 ->
          new Trigger.GraceExcused(now, now.plusSeconds(random.nextInt(172_800) - 86_400), now);
      case 11 -> new Trigger.HoldPlaced(scope, cause, HoldEffect.RESTRICT, "because", now);
      case 12 -> new Trigger.HoldLifted(scope, cause, HoldEffect.RESTRICT, "settled", now);
      default -> story.next().filter(due -> !due.at().isAfter(now)).orElseGet(() -> lifted(now));
    };
  }

  private static Trigger lifted(Instant now) {
    return new Trigger.LegalHoldLifted("settled", now);
  }

  private static Story in(InstanceState state) {
    Story story = new Story();
    switch (state) {
      case ACTIVE -> {}
      case IN_ARREARS -> story.owesSince(march(1, "10:00"));
      case SUSPENDED -> story.suspendedAt(march(2, "10:00"));
      case RELEASING -> story.then(new Trigger.ReleaseRequested(march(2, "10:00")));
      case RELEASED ->
          story
              .then(new Trigger.ReleaseRequested(march(2, "10:00")))
              .then(new Trigger.ReleaseAcknowledged(march(2, "10:01")));
    }
    return story;
  }

  private static Trigger trigger(String name) {
    RuleId rule = new RuleId("C7.4");
    return switch (name) {
      case "ArrearsBegan" -> new Trigger.ArrearsBegan(march(20, "11:00"), march(21, "11:00"), NOW);
      case "ArrearsRetimed" ->
          new Trigger.ArrearsRetimed(march(20, "11:00"), march(21, "11:00"), NOW);
      case "GraceExcused" -> new Trigger.GraceExcused(march(20, "11:00"), march(21, "11:00"), NOW);
      case "ArrearsCleared" -> new Trigger.ArrearsCleared(NOW);
      case "GraceEnded" -> new Trigger.GraceEnded(NOW);
      case "WarningDue" -> new Trigger.WarningDue(Lead.FIRST, NOW);
      case "WarningDelivered" -> new Trigger.WarningDelivered("vm-1:deletion:1:7", NOW);
      case "DeletionDue" -> new Trigger.DeletionDue(NOW);
      case "HoldPlaced" -> placed(HoldScope.INSTANCE, HoldCause.VIOLATION);
      case "HoldLifted" -> liftedHold(HoldScope.INSTANCE, HoldCause.VIOLATION);
      case "AccountHoldPlaced" -> placed(HoldScope.ACCOUNT, HoldCause.VIOLATION);
      case "AccountHoldLifted" -> liftedHold(HoldScope.ACCOUNT, HoldCause.VIOLATION);
      case "RestrictionPlaced" ->
          new Trigger.HoldPlaced(
              HoldScope.INSTANCE, HoldCause.OPERATOR, HoldEffect.RESTRICT, "because", NOW);
      case "RestrictionLifted" ->
          new Trigger.HoldLifted(
              HoldScope.ACCOUNT, HoldCause.OPERATOR, HoldEffect.RESTRICT, "settled", NOW);
      case "BackupRuleSet" -> new Trigger.BackupRuleSet(Optional.of(30), NOW);
      case "BackupsDue" -> new Trigger.BackupsDue(NOW);
      case "ArrearsHoldPlaced" -> placed(HoldScope.INSTANCE, HoldCause.ARREARS);
      case "ArrearsHoldLifted" -> liftedHold(HoldScope.INSTANCE, HoldCause.ARREARS);
      case "LegalHoldPlaced" -> new Trigger.LegalHoldPlaced("a lawsuit", NOW);
      case "LegalHoldLifted" -> new Trigger.LegalHoldLifted("settled", NOW);
      case "TerminatedRetaining" ->
          new Trigger.Terminated("contract ends", Clearing.AFTER_RETENTION, rule, NOW);
      case "TerminatedClearing" ->
          new Trigger.Terminated("serious violation", Clearing.AT_ONCE, rule, NOW);
      case "ReleaseRequested" -> new Trigger.ReleaseRequested(NOW);
      case "ReleaseAcknowledged" -> new Trigger.ReleaseAcknowledged(NOW);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Trigger placed(HoldScope scope, HoldCause cause) {
    return new Trigger.HoldPlaced(scope, cause, HoldEffect.SUSPEND, "because", NOW);
  }

  private static Trigger liftedHold(HoldScope scope, HoldCause cause) {
    return new Trigger.HoldLifted(scope, cause, HoldEffect.SUSPEND, "settled", NOW);
  }

  private static String letter(InstanceState from, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused refused -> "!";
      case Outcome.Unchanged unchanged -> "=";
      case Outcome.Changed changed when changed.status().state() == from -> "*";
      case Outcome.Changed changed ->
          switch (changed.status().state()) {
            case ACTIVE -> "A";
            case IN_ARREARS -> "I";
            case SUSPENDED -> "S";
            case RELEASING -> "L";
            case RELEASED -> "D";
          };
    };
  }
}
