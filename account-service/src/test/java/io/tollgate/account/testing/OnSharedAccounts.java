package io.tollgate.account.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that needs nothing special and takes {@link Accounts}: the same for all of them. They come
 * last: a service that is still there would read in the place of one that is started beside it.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedAccounts.class)
@Order(Integer.MAX_VALUE)
public @interface OnSharedAccounts {}
