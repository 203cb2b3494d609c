package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.NoticeEvent.GateKind;
import io.tollgate.support.audittrail.AuditEntry;
import io.tollgate.support.audittrail.AuditTrail;
import io.tollgate.support.clock.BusinessClock;
import io.tollgate.support.gate.Gates;
import io.tollgate.support.gate.Passage;
import io.tollgate.support.jdbc.Transactions;
import io.tollgate.support.policy.BoundAccounts;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.Optional;

/**
 * Adds to the catalogue, one change at a time. Sending the same again changes nothing and answers
 * what is there: products are named by their id, versions by their start.
 */
final class CatalogueEditor {

  private final JdbcCatalogueRepository repository;
  private final Transactions transactions;
  private final Gates gates;
  private final AuditTrail trail;
  private final BusinessClock clock;
  private final PriceAdmission admission;
  private final BoundAccounts bound;

  CatalogueEditor(
      JdbcCatalogueRepository repository,
      Transactions transactions,
      Gates gates,
      AuditTrail trail,
      BusinessClock clock,
      PriceAdmission admission,
      BoundAccounts bound) {
    this.repository = repository;
    this.transactions = transactions;
    this.gates = gates;
    this.trail = trail;
    this.clock = clock;
    this.admission = admission;
    this.bound = bound;
  }

  /**
   * What an addition came to.
   *
   * @param value what is now there
   * @param isNew whether it was not there before
   */
  record Added<T>(T value, boolean isNew) {}

  /** Adds a product. */
  Added<Product> add(Product product, String author) {
    return transactions.runHttp(
        () -> {
          repository.lock();
          Optional<Product> existing = repository.snapshot().product(product.product());
          if (existing.isPresent()) {
            return same(existing.get(), product);
          }
          repository.insert(product, author, clock.now());
          record(author, "product", product.product().value(), "product added", "C2.1");
          return new Added<>(product, true);
        });
  }

  private static Added<Product> same(Product existing, Product product) {
    if (!existing.equals(product)) {
      throw ProblemException.conflict(
          "product-exists", "product " + product.product() + " exists and is another one");
    }
    return new Added<>(existing, false);
  }

  /** Adds a price version of a product. */
  Added<PriceVersion> addPrice(ProductId id, PriceBody body, String author) {
    return transactions.runHttp(
        () -> {
          repository.lock();
          CatalogueSnapshot snapshot = repository.snapshot();
          Product product =
              snapshot.product(id).orElseThrow(() -> ProblemException.notFound("product " + id));
          Optional<PriceVersions> existing = snapshot.pricesOf(id);
          int number = existing.map(versions -> versions.last().version()).orElse(0) + 1;
          PriceVersion next = PriceReader.read(product, number, body);
          return stored(existing, product, body)
              .map(known -> new Added<>(known, false))
              .orElseGet(() -> insert(existing, next, body.notice(), author));
        });
  }

  /** The version of the same start and content, when the request was sent before. */
  private static Optional<PriceVersion> stored(
      Optional<PriceVersions> existing, Product product, PriceBody body) {
    return existing.stream()
        .flatMap(versions -> versions.list().stream())
        .filter(known -> known.equals(PriceReader.read(product, known.version(), body)))
        .findFirst();
  }

  private Added<PriceVersion> insert(
      Optional<PriceVersions> existing,
      PriceVersion next,
      Optional<NoticeId> named,
      String author) {
    Instant now = clock.now();
    Optional<NoticeId> notice =
        switch (admission.judge(existing, next, now)) {
          case Admission.Admitted admitted ->
              named.map(id -> pass("it names a notice", next, named, now, author));
          case Admission.NeedsGate gate when named.isEmpty() && !isUsed(next.product()) ->
              Optional.empty();
          case Admission.NeedsGate gate ->
              Optional.of(pass("it " + gate.why(), next, named, now, author));
          case Admission.Refused refused ->
              throw ProblemException.invalid(refused.field(), refused.reason());
        };
    repository.insert(next, notice, author, now);
    record(
        author,
        "price-version",
        next.product() + "/" + next.version(),
        "price version added, in force from " + next.effectiveFrom(),
        notice.isPresent() ? GateKind.FREE_BECOMES_CHARGEABLE.rule().value() : "C2.1");
    return new Added<>(next, true);
  }

  /** Whether an account has or had an instance; else nobody has used anything for free. */
  private boolean isUsed(ProductId product) {
    return bound.any(Optional.of(product));
  }

  /** The gate must be open: a version can't be taken back once it has started. */
  private NoticeId pass(
      String why, PriceVersion next, Optional<NoticeId> notice, Instant now, String author) {
    return gates.pass(
        new Passage(
            new GateAction.Price(next.product(), next.version()),
            notice,
            "",
            next.effectiveFrom(),
            why,
            now,
            author));
  }

  private void record(String who, String kind, String id, String what, String rule) {
    trail.record(
        AuditEntry.of(who, Optional.empty(), kind, id, what, rule, "entered into the catalogue"));
  }
}
