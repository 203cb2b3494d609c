package io.tollgate.billing.catalogue;

import io.tollgate.billing.catalogue.CatalogueEditor.Added;
import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.ProductId;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonBody;
import io.tollgate.support.web.security.AccessRules;
import io.tollgate.support.web.security.Grant;
import io.tollgate.support.web.security.Scopes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
public class CatalogueController {

  private final Catalogue catalogue;
  private final CatalogueEditor editor;
  private final JdbcCatalogueRepository repository;

  CatalogueController(
      Catalogue catalogue, CatalogueEditor editor, JdbcCatalogueRepository repository) {
    this.catalogue = catalogue;
    this.editor = editor;
    this.repository = repository;
  }

  /** Adds who may use these routes. */
  public static AccessRules addRules(AccessRules rules) {
    Grant[] everyone = {Grant.customer(), Grant.platform(), Grant.operator()};
    return rules
        .get("/v1/products", everyone)
        .get("/v1/products/{product}", everyone)
        .get("/v1/products/{product}/prices", everyone)
        .post("/v1/products", Grant.operator(Scopes.CATALOGUE))
        .post("/v1/products/{product}/prices", Grant.operator(Scopes.CATALOGUE))
        .post(
            "/v1/products/{product}/prices/{version}/withdrawal", Grant.operator(Scopes.CATALOGUE));
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
            "domain names and marketplace products can't be sold under the agreement",
            "M1");
      }
      ProductId id = PriceReader.present("product", product);
      String text = PriceReader.present("name", name);
      BillingCycle billed = PriceReader.present("cycle", cycle);
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
    return answer(editor.add(product.checked(), caller.subject()));
  }

  @GetMapping
  Page<Product> products(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    int size = Paging.limit(limit);
    String after = cursor.map(text -> Paging.key(text, 1).getFirst()).orElse("");
    List<Product> found =
        catalogue.snapshot().products().values().stream()
            .filter(product -> product.product().value().compareTo(after) > 0)
            .limit(size + 1L)
            .toList();
    return Page.of(found, size, product -> Paging.cursor(product.product()));
  }

  @GetMapping("/{product}")
  Product product(@PathVariable ProductId product) {
    return existing(product);
  }

  @PostMapping("/{product}/prices")
  ResponseEntity<PriceView> addPrice(
      Caller caller, @PathVariable ProductId product, @RequestBody PriceBody price) {
    Added<PriceVersion> added = editor.addPrice(product, price, caller.subject());
    return answer(new Added<>(view(added.value()), added.isNew()));
  }

  @GetMapping("/{product}/prices")
  Page<PriceView> prices(
      @PathVariable ProductId product,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    existing(product);
    int size = Paging.limit(limit);
    long after = cursor.map(Paging::number).orElse(0L);
    List<PriceVersion> found =
        catalogue.snapshot().pricesOf(product).map(PriceVersions::list).orElse(List.of()).stream()
            .filter(version -> version.version() > after)
            .limit(size + 1L)
            .toList();
    return Page.of(found, size, version -> Paging.cursor(version.version())).map(this::view);
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

  private static <T> ResponseEntity<T> answer(Added<T> added) {
    return ResponseEntity.status(added.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(added.value());
  }
}
