package io.tollgate.notification.notice;

import io.tollgate.model.event.NoticeEvent.GateKind;
import io.tollgate.store.agreement.Binding;
import io.tollgate.store.agreement.PolicyDefinition;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators may settle about notices; a lead can be lengthened, never shortened. */
@Configuration(proxyBeanMethods = false)
public class NoticePolicies {

  private static final int LONGEST_LEAD_DAYS = 365;

  private static final Map<GateKind, PolicyDefinition<Integer>> LEADS = leads();

  /** Attempts to send an e-mail before it counts as failed and is shown to the operator. */
  public static final PolicyDefinition<Integer> EMAIL_ATTEMPTS =
      PolicyDefinition.wholeNumber(
              "notice.email-attempts",
              "C3.1.2",
              "Attempts to send an e-mail before it is shown to the operator",
              8,
              1,
              20)
          .binding(Binding.none());

  /** Whole natural days that notices of a kind must lie ahead. */
  static PolicyDefinition<Integer> lead(GateKind gate) {
    return Objects.requireNonNull(LEADS.get(gate));
  }

  private static Map<GateKind, PolicyDefinition<Integer>> leads() {
    Map<GateKind, PolicyDefinition<Integer>> leads = new EnumMap<>(GateKind.class);
    for (GateKind gate : GateKind.values()) {
      String name = gate.name().toLowerCase(Locale.ROOT).replace('_', '-');
      leads.put(
          gate,
          PolicyDefinition.wholeNumber(
                  "notice.lead-days." + name,
                  gate.rule().value(),
                  "Whole natural days between the delivery of a notice of this kind and its effect",
                  gate.leadDays(),
                  gate.leadDays(),
                  LONGEST_LEAD_DAYS)
              .binding(Binding.worseWhenLower()));
    }
    return leads;
  }

  @Bean
  PolicyDefinition<Integer> relocationLead() {
    return lead(GateKind.RELOCATION);
  }

  @Bean
  PolicyDefinition<Integer> termsChangeLead() {
    return lead(GateKind.TERMS_CHANGE);
  }

  @Bean
  PolicyDefinition<Integer> discontinuationLead() {
    return lead(GateKind.DISCONTINUATION);
  }

  @Bean
  PolicyDefinition<Integer> agreementTransferLead() {
    return lead(GateKind.AGREEMENT_TRANSFER);
  }

  @Bean
  PolicyDefinition<Integer> freeBecomesChargeableLead() {
    return lead(GateKind.FREE_BECOMES_CHARGEABLE);
  }

  @Bean
  PolicyDefinition<Integer> setOffLead() {
    return lead(GateKind.SET_OFF);
  }

  @Bean
  PolicyDefinition<Integer> affiliateDebtLead() {
    return lead(GateKind.AFFILIATE_DEBT_CHARGED);
  }

  @Bean
  PolicyDefinition<Integer> emailAttempts() {
    return EMAIL_ATTEMPTS;
  }
}
