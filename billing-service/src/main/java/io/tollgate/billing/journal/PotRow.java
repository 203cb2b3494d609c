package io.tollgate.billing.journal;

import io.tollgate.billing.money.Pot;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.CopyRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Maps pots to rows, both of an account and of a checkpoint: sub-account, reference, time, and the
 * amount in the customer's favour. Funds are a column of the account instead, because nearly every
 * booking changes them.
 */
final class PotRow {
  static final String COLUMNS = "sub_account, reference, since, amount";

  private PotRow() {}

  static Pot read(ResultSet row) throws SQLException {
    String reference = row.getString("reference");
    Instant since = Columns.instant(row, "since");
    return switch (SubAccount.valueOf(row.getString("sub_account"))) {
      case FUNDS -> throw new IllegalStateException("funds are stored apart");
      case CREDIT -> new Pot.Drawn(BillId.of(reference), since);
      case PRINCIPAL -> new Pot.Principal(BillId.of(reference), since);
      case PENALTY -> new Pot.Penalty(BillId.of(reference), since);
    };
  }

  static void write(Pot pot, Money amount, CopyRow out) {
    out.text(pot.part().name()).text(pot.reference()).instant(pot.since()).decimal(amount.amount());
  }

  /** Whether a pot is stored as a row. */
  static boolean isRow(Pot pot) {
    return pot.part() != SubAccount.FUNDS;
  }
}
