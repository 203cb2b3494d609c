package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/**
 * OpenAPI documents list exactly the kinds that the code has. One that is missing is found by
 * clients otherwise, when they meet it.
 */
class KindsInDocumentsTest {

  private final SourceTree tree = SourceTree.ofThisProject();

  @ParameterizedTest
  @CsvSource({
    "billing, CauseKind, io.tollgate.billing.money.CauseKind",
    "billing, Posting/properties/subAccount, io.tollgate.billing.money.SubAccount",
    "billing, Leg/properties/kind, io.tollgate.billing.rating.LineLeg$Kind",
    "billing, PriceModel/properties/kind, io.tollgate.billing.catalogue.PriceBody$ModelKind",
    "billing, NewRecharge/properties/channel, io.tollgate.billing.payment.Channel",
    "billing, Recharge/properties/channel, io.tollgate.billing.payment.Channel",
    "account, CommandKind, io.tollgate.model.event.AccountEvent$CommandKind",
    "account, WebhookDelivery/properties/state, io.tollgate.store.webhook.DeliveryView$State",
    "notification, WebhookDelivery/properties/state, io.tollgate.store.webhook.DeliveryView$State",
    "notification, Kind, io.tollgate.notification.notice.NoticeKind"
  })
  void aDocumentListsEveryKind(String service, String place, String type)
      throws ClassNotFoundException {
    assertThat(listed(service, place))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Class.forName(type).getEnumConstants()).map(Object::toString).toList());
  }

  private List<String> listed(String service, String place) {
    String file = "%1$s-service/src/main/resources/openapi/%1$s.yaml".formatted(service);
    Object at = new Yaml().load(SourceTree.read(tree.root().resolve(file)));
    for (String name : ("components/schemas/" + place + "/enum").split("/")) {
      at = ((Map<?, ?>) Objects.requireNonNull(at, place)).get(name);
    }
    return ((List<?>) Objects.requireNonNull(at, place)).stream().map(Object::toString).toList();
  }
}
