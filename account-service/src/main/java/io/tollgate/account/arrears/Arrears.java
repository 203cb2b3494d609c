package io.tollgate.account.arrears;

import static io.tollgate.model.Instants.earlier;

import io.tollgate.account.accounts.ProductDebt;
import io.tollgate.account.instances.Instance;
import io.tollgate.account.instances.TermPolicies;
import io.tollgate.account.lifecycle.Grace.Excused;
import io.tollgate.model.event.InstanceRecord.BillingMode;
import io.tollgate.store.agreement.Policies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an account owes at one moment, as far as its instances are concerned: each product has its
 * own earliest unpaid bill and its own grace (section 6).
 *
 * @param debts what is owed, by product
 * @param excused times that do not count towards the grace
 */
record Arrears(List<ProductDebt> debts, List<Excused> excused) {

  Arrears {
    debts = List.copyOf(debts);
    excused = List.copyOf(excused);
  }

  /**
   * What concerns one instance.
   *
   * @param earliestDueAt when the earliest bill fell due that is unpaid
   * @param graceEndsAt when it is to be suspended
   */
  record Owing(Instant earliestDueAt, Instant graceEndsAt) {

    private Owing and(Owing other) {
      return new Owing(
          earlier(earliestDueAt, other.earliestDueAt), earlier(graceEndsAt, other.graceEndsAt));
    }
  }

  /** What is owed for an instance; a subscription is paid for and runs on. */
  Optional<Owing> of(Instance instance, Policies policies) {
    Stream<ProductDebt> concerning =
        instance.mode() == BillingMode.PAY_AS_YOU_GO
            ? debts.stream().filter(debt -> debt.concerns(instance.key().product()))
            : Stream.empty();
    return concerning.map(debt -> owing(debt, policies)).reduce(Owing::and);
  }

  private Owing owing(ProductDebt debt, Policies policies) {
    return new Owing(
        debt.dueAt(),
        TermPolicies.grace(policies, debt.product(), debt.dueAt()).end(debt.dueAt(), excused));
  }
}
