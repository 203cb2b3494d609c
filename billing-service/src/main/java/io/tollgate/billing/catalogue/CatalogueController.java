package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.ProductId;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonBody;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the catalogue to everyone with a credential and lets operators add to it. */
@RestController
@RequestMapping("/v1/products")
class CatalogueController {

  private final Catalogue catalogue;
  private final CatalogueEditor editor;
  private final JdbcCatalogueRepository repository;

  CatalogueController(
      Catalogue catalogue, CatalogueEditor editor, JdbcCatalogueRepository repository) {
    this.catalogue = catalogue;
    this.editor = editor;
    this.repository = repository;
  }

  /** A product to be added. */
  record NewProduct(
      @Nullable ProductId product,
      @Nullable String name,
      @Nullable BillingCycle cycle,
      Optional<Duration> paymentTerm,
      Optional<Boolean> retainedStorageCharged,
      Optional<ProductKind> kind) {

    Product checked() {
      ProductKind sort = kind.orElse(ProductKind.CLOUD_SERVICE);
      if (!sort.isRequestable()) {
        throw ProblemException.refused(
            "outside-the-agreement",
            "domain names and marketplace products cannot be sold under the agreement",
            "M1");
      }
      ProductId id = Fields.required("product", product);
      String text = Fields.required("name", name);
      BillingCycle billed = Fields.required("cycle", cycle);
      return PriceReader.checked(
          "body",
          () ->
              new Product(
                  id,
                  text,
                  billed,
                  paymentTerm.orElse(Duration.ZERO),
                  retainedStorageCharged.orElse(false)));
    }
  }

  @PostMapping
  ResponseEntity<Product> add(Caller caller, @RequestBody NewProduct product) {
    return editor.add(product.checked(), caller.subject()).response();
  }

  @GetMapping
  Page<Product> products(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return Page.byId(limit, cursor, this::productsAfter, Product::product);
  }

  private List<Product> productsAfter(String id, int limit) {
    return catalogue.snapshot().products().values().stream()
        .filter(product -> product.product().value().compareTo(id) > 0)
        .limit(limit)
        .toList();
  }

  @GetMapping("/{product}")
  Product product(@PathVariable ProductId product) {
    return existing(product);
  }

  @PostMapping("/{product}/prices")
  ResponseEntity<PriceView> addPrice(
      Caller caller, @PathVariable ProductId product, @RequestBody PriceBody price) {
    return editor.addPrice(product, price, caller.subject()).map(this::view).response();
  }

  @GetMapping("/{product}/prices")
  Page<PriceView> prices(
      @PathVariable ProductId product,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    existing(product);
    return Page.byNumber(
            limit,
            cursor,
            0,
            (after, size) -> versionsAfter(product, after, size),
            PriceVersion::version)
        .map(this::view);
  }

  private List<PriceVersion> versionsAfter(ProductId product, long number, int limit) {
    return catalogue
        .snapshot()
        .pricesOf(product)
        .map(PriceVersions::list)
        .orElse(List.of())
        .stream()
        .filter(version -> version.version() > number)
        .limit(limit)
        .toList();
  }

  @PostMapping("/{product}/prices/{version}/withdrawal")
  PriceView withdraw(
      Caller caller,
      @PathVariable ProductId product,
      @PathVariable int version,
      @RequestBody ReasonBody withdrawal) {
    return view(editor.withdraw(product, version, withdrawal.reason(), caller.subject()));
  }

  private Product existing(ProductId product) {
    return catalogue
        .product(product)
        .orElseThrow(() -> ProblemException.notFound("product " + product));
  }

  private PriceView view(PriceVersion version) {
    return PriceView.of(version, repository.noticeOf(version.product(), version.version()));
  }
}
