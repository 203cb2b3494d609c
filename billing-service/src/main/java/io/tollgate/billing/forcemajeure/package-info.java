/**
 * Force majeure excuses the customer as well (C10.1): operators declare it for a time and accounts;
 * the natural days that it touches cost no penalty, those that had accrued are taken back, and
 * account-service learns that the time does not count towards grace.
 */
@NullMarked
package io.tollgate.billing.forcemajeure;

import org.jspecify.annotations.NullMarked;
