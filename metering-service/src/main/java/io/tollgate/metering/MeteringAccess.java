package io.tollgate.metering;

import static io.tollgate.support.web.security.Grant.customerOfAccount;
import static io.tollgate.support.web.security.Grant.operator;
import static io.tollgate.support.web.security.Grant.platform;

import io.tollgate.support.web.security.AccessRules;
import io.tollgate.support.web.security.Scopes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may use which route; a route without a rule is closed to everyone. */
@Configuration(proxyBeanMethods = false)
class MeteringAccess {

  @Bean
  AccessRules accessRules() {
    return AccessRules.ofEveryService()
        .post("/api/v1/events", platform())
        .get("/api/v1/events", operator(), platform())
        .get("/api/v1/meters", operator(), platform())
        .get("/api/v1/meters/{meter}", operator(), platform())
        .get("/api/v1/meters/{meter}/query", operator(), platform())
        .post("/v1/meters", operator(Scopes.CATALOGUE))
        .post("/v1/meters/{meter}/versions/{version}/withdrawal", operator(Scopes.CATALOGUE))
        .get("/v1/meters", operator(), platform())
        .get("/v1/meters/{meter}", operator(), platform())
        .get("/v1/accounts/{account}/usage", operator(), customerOfAccount(), platform())
        .get("/v1/event-fates", operator(), platform())
        .get("/v1/event-fates/event", operator(), platform())
        .get("/v1/event-fates/counts", operator(), platform())
        .post("/v1/corrections", operator(Scopes.ADJUST))
        .get("/v1/corrections", operator())
        .get("/v1/quarantine", operator())
        .post("/v1/quarantine/{partition}/{offset}/replay", operator(Scopes.REPLAY));
  }
}
