package io.tollgate.account.lifecycle;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;

/**
 * The instance that a rule applies to; constant over its lifetime.
 *
 * @param account who pays
 * @param instance what runs
 * @param product what it is
 */
public record Subject(AccountId account, InstanceId instance, ProductId product) {}
