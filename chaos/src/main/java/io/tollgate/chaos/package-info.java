/**
 * {@code tollgate chaos} and {@code tollgate scale}: the services as processes of their own, under
 * load, while a seeded schedule kills, pauses, restarts and delays them and what they stand on, or
 * while two instances of each share the work and replace each other. A model of the truth that
 * shares nothing with them says in the end what was lost or doubled.
 */
@NullMarked
package io.tollgate.chaos;

import org.jspecify.annotations.NullMarked;
