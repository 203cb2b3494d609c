package io.tollgate.e2e.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.Service;
import io.tollgate.testing.OpenApiDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the documents show of requests is complete and agrees with itself. */
class DocumentsTest {

  @ParameterizedTest
  @EnumSource(Service.class)
  void everyBodyHasAnExampleAndEveryExampleIsWhatItsSchemaSays(Service service) {
    OpenApiDocument document = OpenApiDocument.of(service.label());

    assertThat(document.withoutExample()).isEmpty();
    assertThat(document.examples())
        .isNotEmpty()
        .allSatisfy(example -> assertThat(document.faults(example)).as("%s", example).isEmpty());
  }

  /** The judge itself: what it lets pass, and what it finds. */
  @ParameterizedTest
  @EnumSource(Service.class)
  void whatIsNotAsDocumentedIsFound(Service service) {
    OpenApiDocument document = OpenApiDocument.of(service.label());
    String problem =
        "{\"type\":\"/problems/x\",\"title\":\"x\",\"status\":404,\"detail\":\"x\",\"instance\":\"/\"}";

    assertThat(document.faults("GET", "/v1/nothing", 200, "application/json", "{}"))
        .containsExactly("the operation is not in the document");
    assertThat(document.faults("GET", "/v1/nothing", 404, "application/problem+json", problem))
        .isEmpty();
    assertThat(document.faults("GET", "/v1/clock", 404, "application/problem+json", problem))
        .isEmpty();
    assertThat(document.faults("GET", "/v1/clock", 404, "application/problem+json", "{}"))
        .isNotEmpty();
    assertThat(document.faults("GET", "/v1/clock", 404, "text/html", "no"))
        .containsExactly("the type text/html is not in the document");
    assertThat(document.faults("GET", "/v1/clock", 299, "application/json", "{}"))
        .containsExactly("the status is not in the document");
    assertThat(document.faults("GET", "/v1/clock", 200, "application/json", "[]")).isNotEmpty();
  }
}
