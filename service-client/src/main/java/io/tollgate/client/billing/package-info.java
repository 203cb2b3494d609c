/**
 * Catalogue, recharges, balances, bills and their explanations. The answers have the fields of the
 * OpenAPI document; fields that may be absent are optional.
 */
@NullMarked
package io.tollgate.client.billing;

import org.jspecify.annotations.NullMarked;
