package io.tollgate.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.Amount;
import io.tollgate.client.account.Account;
import io.tollgate.client.account.Command;
import io.tollgate.client.account.Contacts;
import io.tollgate.client.account.Entitlement;
import io.tollgate.client.account.Instance;
import io.tollgate.client.account.NewAccount;
import io.tollgate.client.account.NewInstance;
import io.tollgate.client.billing.Allocation;
import io.tollgate.client.billing.Balance;
import io.tollgate.client.billing.Bill;
import io.tollgate.client.billing.CountedUsage;
import io.tollgate.client.billing.Counter;
import io.tollgate.client.billing.Explanation;
import io.tollgate.client.billing.Leg;
import io.tollgate.client.billing.Line;
import io.tollgate.client.billing.MeterPrice;
import io.tollgate.client.billing.NewPrice;
import io.tollgate.client.billing.NewProduct;
import io.tollgate.client.billing.NewRecharge;
import io.tollgate.client.billing.Posting;
import io.tollgate.client.billing.Price;
import io.tollgate.client.billing.PriceModel;
import io.tollgate.client.billing.Product;
import io.tollgate.client.billing.Rating;
import io.tollgate.client.billing.Recharge;
import io.tollgate.client.billing.Tier;
import io.tollgate.client.metering.EventFate;
import io.tollgate.client.metering.Meter;
import io.tollgate.client.metering.NewMeter;
import io.tollgate.client.metering.RejectedEvent;
import io.tollgate.client.metering.Usage;
import io.tollgate.client.metering.WindowTotal;
import io.tollgate.client.metering.Withdrawal;
import io.tollgate.client.notification.Message;
import io.tollgate.client.notification.NewNotice;
import io.tollgate.client.notification.Notice;
import io.tollgate.client.notification.NoticeStatus;
import io.tollgate.client.notification.Progress;
import io.tollgate.client.notification.Published;
import io.tollgate.client.notification.Text;
import io.tollgate.client.notification.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The types of the Java client have the fields of the OpenAPI documents, and no others. */
class ClientFieldsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, JsonNode> documents = new HashMap<>();

  @Test
  void theTypesOfTheClientAreThoseOfTheDocuments() {
    same("metering", Meter.class, NewMeter.class, Usage.class, EventFate.class);
    same("metering", WindowTotal.class, "EventFate/properties/totals/items");
    same("metering", RejectedEvent.class, "EventFate/properties/refusals/items");
    same("metering", Withdrawal.class, "Meter/properties/withdrawal");
    same("billing", NewProduct.class, Product.class, NewPrice.class, Price.class);
    same("billing", MeterPrice.class, PriceModel.class, NewRecharge.class, Recharge.class);
    same("billing", Balance.class, Bill.class, Line.class, Rating.class, Leg.class, Counter.class);
    same("billing", Posting.class, Explanation.class);
    same("billing", Amount.class, "Money");
    same("billing", Tier.class, "PriceModel/properties/tiers/items");
    same("billing", Allocation.class, "Recharge/properties/allocation");
    same("billing", CountedUsage.class, "Explanation/properties/usage");
    same("account", NewAccount.class, Account.class, Contacts.class, NewInstance.class);
    same("account", Instance.class, Entitlement.class, Command.class);
    same("notification", Text.class, Texts.class, Notice.class, Published.class);
    same("notification", NoticeStatus.class, Message.class);
    same("notification", NewNotice.class, "PublishRequest");
    same("notification", Progress.class, "NoticeStatus/properties/progress");
  }

  private void same(String service, Class<?>... types) {
    for (Class<?> type : types) {
      same(service, type, type.getSimpleName());
    }
  }

  private void same(String service, Class<?> type, String schema) {
    JsonNode document = documents.computeIfAbsent(service, ClientFieldsTest::document);
    JsonNode properties = document.at("/components/schemas/" + schema + "/properties");
    List<String> fields =
        Arrays.stream(type.getRecordComponents()).map(component -> component.getName()).toList();
    assertThat(fields)
        .as("%s of %s", type.getSimpleName(), service)
        .containsExactlyInAnyOrderElementsOf(
            properties.properties().stream().map(Map.Entry::getKey).toList());
  }

  private static JsonNode document(String service) {
    try (InputStream yaml =
        new ClassPathResource("openapi/" + service + ".yaml").getInputStream()) {
      Object loaded = new Yaml().load(yaml);
      return JSON.valueToTree(loaded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
