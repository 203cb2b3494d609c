package io.tollgate.support.web;

import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * What a request to add something came to. The same request again changes nothing and finds what it
 * added.
 *
 * @param value what is there now
 * @param isNew whether this request added it
 */
public record Added<T>(T value, boolean isNew) {

  /** The same outcome, shown in another form. */
  public <R> Added<R> map(Function<T, R> form) {
    return new Added<>(form.apply(value), isNew);
  }

  /** 201 for what is new, 200 for what was there. */
  public ResponseEntity<T> response() {
    return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(value);
  }
}
