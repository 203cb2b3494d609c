package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.MeterPrice;
import io.tollgate.billing.rating.PriceModel;
import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.Tier;
import io.tollgate.model.Money;
import io.tollgate.model.NoticeId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Writes price versions as JSON, in full: every default is spelt out. */
final class PriceWriter {

  private PriceWriter() {}

  static PriceBody body(PriceVersion version, Optional<NoticeId> notice) {
    return new PriceBody(
        version.effectiveFrom(),
        Optional.of(version.currency()),
        version.flatFee().map(PriceWriter::text),
        version.minimum().map(PriceWriter::text),
        Optional.of(version.countedPer()),
        Optional.of(version.meters().stream().map(PriceWriter::meter).toList()),
        notice);
  }

  private static PriceBody.Meter meter(MeterPrice price) {
    return new PriceBody.Meter(
        price.meter().value(),
        model(price.model()),
        Optional.of(price.scope().name()),
        Optional.of(text(price.freeAllowance())),
        Optional.of(price.freeAllowanceScope().name()));
  }

  private static PriceBody.Model model(PriceModel model) {
    Optional<String> none = Optional.empty();
    return switch (model) {
      case PriceModel.Flat m ->
          new PriceBody.Model(
              PriceBody.ModelKind.FLAT,
              Optional.of(text(m.amount())),
              none,
              Optional.empty(),
              none,
              none);
      case PriceModel.PerUnit m ->
          new PriceBody.Model(
              PriceBody.ModelKind.PER_UNIT,
              none,
              Optional.of(text(m.unitPrice())),
              Optional.empty(),
              none,
              none);
      case PriceModel.Graduated m -> tiered(PriceBody.ModelKind.GRADUATED, m.tiers());
      case PriceModel.Volume m -> tiered(PriceBody.ModelKind.VOLUME, m.tiers());
      case PriceModel.Blocks m ->
          new PriceBody.Model(
              PriceBody.ModelKind.BLOCKS,
              none,
              none,
              Optional.empty(),
              Optional.of(text(m.blockSize())),
              Optional.of(text(m.price())));
    };
  }

  private static PriceBody.Model tiered(PriceBody.ModelKind kind, List<Tier> tiers) {
    List<PriceBody.Row> rows =
        tiers.stream()
            .map(
                tier ->
                    new PriceBody.Row(tier.upTo().map(PriceWriter::text), text(tier.unitPrice())))
            .toList();
    return new PriceBody.Model(
        kind,
        Optional.empty(),
        Optional.empty(),
        Optional.of(rows),
        Optional.empty(),
        Optional.empty());
  }

  private static String text(Money amount) {
    return text(amount.amount());
  }

  private static String text(BigDecimal value) {
    return value.toPlainString();
  }
}
