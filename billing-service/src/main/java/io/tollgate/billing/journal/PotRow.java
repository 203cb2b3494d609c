package io.tollgate.billing.journal;

import io.tollgate.billing.money.Pot;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import io.tollgate.store.jdbc.CopyRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a pot is a row, of an account as of a checkpoint: its part, its reference, since when, and
 * the amount in the customer's favour. Funds are a column beside the rows, because nearly every
 * booking moves them.
 */
final class PotRow {
  static final String COLUMNS = "sub_account, reference, since, amount";

  private PotRow() {}

  static Pot read(ResultSet row) throws SQLException {
    String reference = row.getString("reference");
    Instant since = row.getTimestamp("since").toInstant();
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

  /** Those of an account's pots that are rows. */
  static Map<Pot, Money> of(Map<Pot, Money> pots) {
    Map<Pot, Money> rows = new TreeMap<>(pots);
    rows.remove(new Pot.Funds());
    return rows;
  }
}
