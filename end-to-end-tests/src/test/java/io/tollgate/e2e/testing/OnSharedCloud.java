package io.tollgate.e2e.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A test that needs nothing special and takes a {@link Cloud}: the same for all of them. Their
 * clock is one, so they run one after the other.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedCloud.class)
@Execution(ExecutionMode.SAME_THREAD)
public @interface OnSharedCloud {}
