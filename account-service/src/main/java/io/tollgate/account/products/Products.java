package io.tollgate.account.products;

import io.tollgate.model.ProductId;
import io.tollgate.support.web.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.springframework.stereotype.Component;

/**
 * Tells whether a product exists. Billing creates products and this service receives them shortly
 * after; a request in between waits, at most 3 s.
 */
@Component
public class Products {

  private static final String RULE = "C7.1";
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();
  private static final int MAX_PAUSES = 60;

  /** So that requests that name no product take no more places than this from the others. */
  private static final int MOST_WAITING = 32;

  private final JdbcProductRepository repository;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  Products(JdbcProductRepository repository) {
    this.repository = repository;
  }

  /**
   * Waits until a product is known, within bounds; outside of any transaction. Whether it is known
   * by then is decided by {@link #require}.
   */
  public void await(ProductId product) {
    if (repository.exists(product) || !waiting.tryAcquire()) {
      return;
    }
    try {
      for (int i = 0; i < MAX_PAUSES && !repository.exists(product); i++) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } finally {
      waiting.release();
    }
  }

  /**
   * Refuses what is of a product that is not known.
   *
   * @throws ProblemException 422
   */
  public void require(ProductId product) {
    if (!repository.exists(product)) {
      throw ProblemException.refused(
          "product-unknown",
          "product %s is not in the catalogue; if it was just created, send the request again"
              .formatted(product),
          RULE);
    }
  }
}
