package io.tollgate.client.billing;

import static io.tollgate.client.Calls.path;

import io.tollgate.client.Calls;
import java.util.stream.Stream;

/** The billing service: catalogue, recharges, balances, bills and their explanations. */
public final class BillingClient {

  private final Calls calls;

  /** Calls the service. */
  public BillingClient(Calls calls) {
    this.calls = calls;
  }

  /** Adds a product; the same one again changes nothing. */
  public Product add(NewProduct product) {
    return calls.post("/v1/products", product, Product.class);
  }

  /** All products. */
  public Stream<Product> products() {
    return calls.pages("/v1/products", Product.class);
  }

  /** Adds a price version, which starts after the last one (C2.1). */
  public Price addPrice(String product, NewPrice price) {
    return calls.post(path("/v1/products/{product}/prices", product), price, Price.class);
  }

  /** All price versions of a product. */
  public Stream<Price> prices(String product) {
    return calls.pages(path("/v1/products/{product}/prices", product), Price.class);
  }

  /** Books a payment; the channel's transaction number counts once (C2.2). */
  public Recharge recharge(String account, NewRecharge recharge) {
    return calls.postOnce(
        path("/v1/accounts/{account}/recharges", account), recharge, Recharge.class);
  }

  /** An account's payments, the latest first. */
  public Stream<Recharge> recharges(String account) {
    return calls.pages(path("/v1/accounts/{account}/recharges", account), Recharge.class);
  }

  /** What an account has and owes. */
  public Balance balance(String account) {
    return calls.get(path("/v1/accounts/{account}/balance", account), Balance.class);
  }

  /** An account's bills, the latest first. */
  public Stream<Bill> bills(String account) {
    return calls.pages(path("/v1/accounts/{account}/bills", account), Bill.class);
  }

  /** A bill's lines. */
  public Stream<Line> lines(String account, String bill) {
    return calls.pages(
        path("/v1/accounts/{account}/bills/{bill}/lines", account, bill), Line.class);
  }

  /** Everything that a line's amount follows from. */
  public Explanation explanation(String account, String bill, int line) {
    return calls.get(
        path(
            "/v1/accounts/{account}/bills/{bill}/lines/{number}/explanation",
            account,
            bill,
            String.valueOf(line)),
        Explanation.class);
  }
}
