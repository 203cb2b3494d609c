/**
 * The ledger: postings that are never changed, the accounts they add up to, and the unit of work in
 * which anything that moves money is booked.
 */
@NullMarked
package io.tollgate.billing.journal;

import org.jspecify.annotations.NullMarked;
