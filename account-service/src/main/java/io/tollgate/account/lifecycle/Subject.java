package io.tollgate.account.lifecycle;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;

/**
 * Which instance a rule speaks of; never changes during its life.
 *
 * @param account who pays
 * @param instance what runs
 * @param product what it is
 */
public record Subject(AccountId account, InstanceId instance, ProductId product) {}
