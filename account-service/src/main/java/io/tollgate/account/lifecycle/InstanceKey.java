package io.tollgate.account.lifecycle;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;

/**
 * Which instance it is, and whose. It stays the same for the lifetime of the instance.
 *
 * @param account who pays
 * @param instance what runs
 * @param product what it is
 */
public record InstanceKey(AccountId account, InstanceId instance, ProductId product) {}
