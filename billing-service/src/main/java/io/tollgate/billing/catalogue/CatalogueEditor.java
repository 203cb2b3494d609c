package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.NoticeEvent.GateKind;
import io.tollgate.support.audittrail.AuditEntry;
import io.tollgate.support.audittrail.AuditTrail;
import io.tollgate.support.clock.BusinessClock;
import io.tollgate.support.gate.Gate;
import io.tollgate.support.gate.Gates;
import io.tollgate.support.jdbc.Transactions;
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

  CatalogueEditor(
      JdbcCatalogueRepository repository,
      Transactions transactions,
      Gates gates,
      AuditTrail trail,
      BusinessClock clock,
      PriceAdmission admission) {
    this.repository = repository;
    this.transactions = transactions;
    this.gates = gates;
    this.trail = trail;
    this.clock = clock;
    this.admission = admission;
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
      Optional<NoticeId> notice,
      String author) {
    Instant now = clock.now();
    String rule =
        switch (admission.judge(existing, next, now)) {
          case Admission.Admitted admitted -> "C2.1";
          case Admission.NeedsGate gate -> passGate(gate, next, notice);
          case Admission.Refused refused ->
              throw ProblemException.invalid(refused.field(), refused.reason());
        };
    repository.insert(next, notice, author, now);
    record(
        author,
        "price-version",
        next.product() + "/" + next.version(),
        "price version added, in force from " + next.effectiveFrom(),
        rule);
    return new Added<>(next, true);
  }

  /** The rule that let it pass (C2.5); a version can't be taken back, so the gate must be open. */
  private String passGate(
      Admission.NeedsGate needed, PriceVersion next, Optional<NoticeId> notice) {
    GateKind kind = GateKind.FREE_BECOMES_CHARGEABLE;
    String rule = kind.rule().value();
    NoticeId named =
        notice.orElseThrow(
            () ->
                ProblemException.refused(
                    "gate-needed",
                    "it makes %s chargeable, which was free: name the notice that announced it"
                        .formatted(needed.what()),
                    rule));
    return switch (gates.judge(named, kind, next.product().value(), next.effectiveFrom())) {
      case Gate.Verdict.Fits fits when fits.gate().state() == Gate.State.OPEN -> rule;
      case Gate.Verdict.Fits fits ->
          throw ProblemException.refused(
              "gate-shut", "notice " + named + " has not yet been delivered to everyone", rule);
      case Gate.Verdict.Refused refused ->
          throw ProblemException.refused(refused.slug(), refused.reason(), rule);
    };
  }

  private void record(String who, String kind, String id, String what, String rule) {
    trail.record(
        AuditEntry.of(who, Optional.empty(), kind, id, what, rule, "entered into the catalogue"));
  }
}
