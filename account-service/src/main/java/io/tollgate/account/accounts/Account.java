package io.tollgate.account.accounts;

import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.ProductId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A billing account.
 *
 * @param id the account
 * @param currency its one currency (T3)
 * @param openedAt since when it exists
 * @param debtDueAt due instant of the earliest unpaid bill; empty when nothing is owed
 * @param owedFor the products it owes for; only their instances are suspended (section 6)
 * @param owed principal past due that nothing covers, as billing stated last
 * @param penaltyOwed unpaid penalty, as billing stated last; alone it bars new openings only (C2.3)
 */
public record Account(
    AccountId id,
    CurrencyCode currency,
    Instant openedAt,
    Optional<Instant> debtDueAt,
    List<ProductId> owedFor,
    BigDecimal owed,
    BigDecimal penaltyOwed) {}
