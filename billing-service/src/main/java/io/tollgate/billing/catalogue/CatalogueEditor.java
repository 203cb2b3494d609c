package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.BillingEvent.PriceChange;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.NoticeEvent.GateKind;
import io.tollgate.store.agreement.BoundAccounts;
import io.tollgate.store.agreement.Gates;
import io.tollgate.store.agreement.Passage;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Added;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Adds to the catalogue, one change at a time. Sending the same again changes nothing and answers
 * what is there: products are named by their id, versions by their start.
 */
final class CatalogueEditor {

  private static final String PRICES = "C2.1";

  private final JdbcCatalogueRepository repository;
  private final Transactions transactions;
  private final Gates gates;
  private final AuditTrail trail;
  private final BusinessClock clock;
  private final PriceAdmission admission;
  private final BoundAccounts bound;
  private final JdbcPriceChanges changes;
  private final MeterAdmission meters;
  private final PricePublisher publisher;

  CatalogueEditor(
      JdbcCatalogueRepository repository,
      Transactions transactions,
      Gates gates,
      AuditTrail trail,
      BusinessClock clock,
      PriceAdmission admission,
      BoundAccounts bound,
      JdbcPriceChanges changes,
      MeterAdmission meters,
      PricePublisher publisher) {
    this.repository = repository;
    this.transactions = transactions;
    this.gates = gates;
    this.trail = trail;
    this.clock = clock;
    this.admission = admission;
    this.bound = bound;
    this.changes = changes;
    this.meters = meters;
    this.publisher = publisher;
  }

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
          record(author, "product", product.product().value(), "product added", PRICES);
          publisher.publish(product.product());
          return new Added<>(product, true);
        });
  }

  private static Added<Product> same(Product existing, Product product) {
    if (!existing.equals(product)) {
      throw ProblemException.conflict(
          "product-exists", "product " + product.product() + " exists with different content");
    }
    return new Added<>(existing, false);
  }

  /** Adds a price version of a product. */
  Added<PriceVersion> addPrice(ProductId id, PriceBody body, String author) {
    meters.await(
        body.meters().orElse(List.of()).stream()
            .flatMap(meter -> Optional.ofNullable(meter.meter()).stream())
            .toList());
    return transactions.runHttp(
        () -> {
          repository.lock();
          CatalogueSnapshot snapshot = repository.snapshot();
          Product product =
              snapshot.product(id).orElseThrow(() -> ProblemException.notFound("product " + id));
          Optional<PriceVersions> existing = snapshot.pricesOf(id);
          PriceVersion next = PriceReader.read(product, changes.nextVersion(id), body);
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
    Admission verdict = admission.judge(existing, next, now);
    if (!(verdict instanceof Admission.Refused)) {
      // Before the gate: nobody should announce, and wait for, a price that cannot be billed.
      meters.check(next);
    }
    Optional<NoticeId> notice =
        switch (verdict) {
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
    String rule = notice.isPresent() ? GateKind.FREE_BECOMES_CHARGEABLE.rule().value() : PRICES;
    if (existing.isPresent()) {
      changes.concerns(next, PriceChange.ADDED, now, rule);
    }
    publisher.publish(next.product());
    record(
        author,
        "price-version",
        name(next),
        "price version added, in force from " + next.effectiveFrom(),
        rule);
    return new Added<>(next, true);
  }

  private static String name(PriceVersion version) {
    return version.product() + "/" + version.version();
  }

  /**
   * Takes back a price version that has not started; another may be added in its place.
   *
   * @throws ProblemException 404 when there is none, 409 when it has already been withdrawn, has
   *     started, or another one follows it, which was judged by it
   */
  PriceVersion withdraw(ProductId product, int version, String reason, String author) {
    return transactions.runHttp(
        () -> {
          repository.lock();
          Instant now = clock.now();
          PriceVersion withdrawn = withdrawable(product, version, now);
          changes.withdraw(withdrawn, reason, author, now);
          repository
              .snapshot()
              .pricesOf(product)
              .ifPresent(remaining -> meters.check(remaining.last()));
          publisher.publish(product);
          changes.concerns(withdrawn, PriceChange.WITHDRAWN, now, PRICES);
          trail.record(
              new AuditEntry(
                  author,
                  Optional.empty(),
                  "price-version",
                  name(withdrawn),
                  "price version withdrawn, was to start at " + withdrawn.effectiveFrom(),
                  PRICES,
                  reason));
          return withdrawn;
        });
  }

  private PriceVersion withdrawable(ProductId product, int version, Instant now) {
    if (changes.isWithdrawn(product, version)) {
      throw ProblemException.conflict("price-withdrawn", "it has already been withdrawn");
    }
    Optional<PriceVersions> prices = repository.snapshot().pricesOf(product);
    PriceVersion found =
        prices.stream()
            .flatMap(versions -> versions.list().stream())
            .filter(each -> each.version() == version)
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.notFound(
                        "price version " + version + " of product " + product));
    if (!found.effectiveFrom().isAfter(now)) {
      throw ProblemException.conflict(
          "price-started",
          "it started at %s; the clock is at %s".formatted(found.effectiveFrom(), now));
    }
    int last = prices.orElseThrow().last().version();
    if (last != version) {
      throw ProblemException.conflict(
          "price-followed", "version " + last + " follows it: withdraw that one first");
    }
    return found;
  }

  /** Whether an account has or had an instance; else nobody has used anything for free. */
  private boolean isUsed(ProductId product) {
    return bound.any(Optional.of(product));
  }

  /** The gate must be open: a version cannot be taken back once it has started. */
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
        new AuditEntry(who, Optional.empty(), kind, id, what, rule, "entered into the catalogue"));
  }
}
