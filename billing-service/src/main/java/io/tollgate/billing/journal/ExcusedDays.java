package io.tollgate.billing.journal;

import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which natural days cost an account no penalty, because force majeure was declared (C10.1). */
@Repository
class ExcusedDays {
  /** Two lookups by index; as one join, with an OR, every declaration ever made would be read. */
  private static final String DECLARED =
      """
      select null as account_id, from_at, to_at from force_majeure
       where of_all and from_at < to_at
      union all
      select a.account_id, d.from_at, d.to_at
        from force_majeure_account a join force_majeure d using (declaration_id)
       where a.account_id = any(:accounts) and not d.of_all and d.from_at < d.to_at
      """;

  private final JdbcClient jdbc;
  private final BillingCalendar calendar;

  ExcusedDays(JdbcClient jdbc, BillingCalendar calendar) {
    this.jdbc = jdbc;
    this.calendar = calendar;
  }

  /** Of accounts that are worked on together; read when the first day is asked for. */
  Known of(Collection<AccountId> accounts) {
    return new Known(accounts.stream().map(AccountId::value).toArray(String[]::new));
  }

  /** What is declared for some accounts. */
  final class Known {
    private final String[] accounts;
    private final List<Window> ofAll = new ArrayList<>();
    private @Nullable Map<String, List<Window>> own;

    private Known(String[] accounts) {
      this.accounts = accounts;
    }

    /** Whether any part of the day lies in a time that was declared for the account. */
    boolean contain(AccountId account, LocalDate day) {
      Map<String, List<Window>> declared = own == null ? read() : own;
      if (ofAll.isEmpty() && declared.isEmpty()) {
        return false;
      }
      Instant start = calendar.startOf(day);
      return contain(ofAll, start)
          || contain(declared.getOrDefault(account.value(), List.of()), start);
    }

    private Map<String, List<Window>> read() {
      Map<String, List<Window>> read = new HashMap<>();
      jdbc.sql(DECLARED)
          .param("accounts", accounts)
          .query(
              row -> {
                Window days =
                    calendar.daysOf(
                        new Window(
                            row.getTimestamp(2).toInstant(), row.getTimestamp(3).toInstant()));
                String account = row.getString(1);
                if (account == null) {
                  ofAll.add(days);
                } else {
                  read.computeIfAbsent(account, a -> new ArrayList<>()).add(days);
                }
              });
      own = read;
      return read;
    }

    private static boolean contain(List<Window> times, Instant start) {
      return times.stream().anyMatch(days -> days.contains(start));
    }
  }
}
