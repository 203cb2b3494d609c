package io.tollgate.billing.statement;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.catalogue.PriceView;
import io.tollgate.billing.journal.Postings;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
import io.tollgate.billing.statement.JdbcStatements.BillView;
import io.tollgate.billing.statement.JdbcStatements.LineView;
import io.tollgate.billing.statement.JdbcStatements.PenaltyView;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.ProductId;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import io.tollgate.support.web.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Bills, their lines, penalties and postings of one account, and why a line was charged. */
@RestController
@RequestMapping("/v1/accounts/{account}")
class StatementController {
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
  private static final int ALL = 1_000;

  private final JdbcStatements statements;
  private final Postings postings;
  private final Catalogue catalogue;

  StatementController(JdbcStatements statements, Postings postings, Catalogue catalogue) {
    this.statements = statements;
    this.postings = postings;
    this.catalogue = catalogue;
  }

  /**
   * Why a line was charged.
   *
   * @param line the line with its usage revision; its {@code rated} names counters, tiers and
   *     amounts
   * @param usage the window's usage as it is known now
   * @param price the price version it was rated with, as shown at the time (C2.1)
   * @param bill the bill that charges it
   * @param postings how the bill was paid or became owed, leg by leg
   */
  record Explanation(
      LineView line,
      Optional<JdbcStatements.UsageView> usage,
      Optional<PriceView> price,
      BillView bill,
      List<Postings.View> postings) {}

  @GetMapping("/bills")
  Page<BillView> bills(
      @PathVariable AccountId account,
      @RequestParam Optional<JdbcStatements.BillState> state,
      @RequestParam Optional<ProductId> product,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    var filter = new JdbcStatements.BillFilter(state, product);
    return Page.latestFirst(
        limit,
        cursor,
        (before, size) -> statements.bills(account, filter, before, size),
        last -> Paging.cursor(last.bookedAt(), last.bill()));
  }

  @GetMapping("/bills/{bill}")
  BillView bill(@PathVariable AccountId account, @PathVariable BillId bill) {
    return statements
        .bill(account, bill)
        .orElseThrow(() -> ProblemException.notFound("bill " + bill));
  }

  @GetMapping("/bills/{bill}/lines")
  Page<LineView> lines(
      @PathVariable AccountId account,
      @PathVariable BillId bill,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    var unused = bill(account, bill);
    return Page.byNumber(
        limit,
        cursor,
        0,
        (after, size) -> statements.lines(account, bill, after, size),
        LineView::number);
  }

  @GetMapping("/bills/{bill}/lines/{number}/explanation")
  Explanation explain(
      @PathVariable AccountId account, @PathVariable BillId bill, @PathVariable int number) {
    BillView charged = bill(account, bill);
    LineView line =
        statements.lines(account, bill, number - 1, 1).stream()
            .filter(each -> each.number() == number)
            .findFirst()
            .orElseThrow(() -> ProblemException.notFound("line " + number));
    return new Explanation(
        line,
        statements.usage(account, line),
        price(line),
        charged,
        postings.list(account, Postings.Filter.of(Cause.bill(bill)), Long.MAX_VALUE, ALL));
  }

  private Optional<PriceView> price(LineView line) {
    int version = line.rated().priceVersion();
    return catalogue
        .snapshot()
        .pricesOf(ProductId.of(line.product()))
        .flatMap(
            prices -> prices.list().stream().filter(each -> each.version() == version).findFirst())
        .map(PriceView::of);
  }

  @GetMapping("/penalties")
  Page<PenaltyView> penalties(
      @PathVariable AccountId account,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    int size = Paging.limit(limit);
    List<String> before =
        cursor.map(text -> Paging.key(text, 2)).orElse(List.of(LAST_DAY.toString(), ""));
    return Page.of(
        statements.penalties(account, dayOf(before.getFirst()), before.getLast(), size + 1),
        size,
        last -> Paging.cursor(last.day(), last.bill()));
  }

  private static LocalDate dayOf(String cursor) {
    try {
      LocalDate day = LocalDate.parse(cursor);
      if (day.isAfter(LAST_DAY) || day.isBefore(LocalDate.EPOCH)) {
        throw Paging.notACursor();
      }
      return day;
    } catch (DateTimeException e) {
      throw Paging.notACursor();
    }
  }

  @GetMapping("/postings")
  Page<Postings.View> postings(
      @PathVariable AccountId account,
      @RequestParam Optional<CauseKind> causeKind,
      @RequestParam Optional<String> causeId,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    var filter = new Postings.Filter(causeKind, causeId);
    return Page.byNumber(
        limit,
        cursor,
        Long.MAX_VALUE,
        (below, size) -> postings.list(account, filter, below, size),
        Postings.View::posting);
  }
}
