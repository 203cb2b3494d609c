package io.tollgate.notification;

import static io.tollgate.support.web.security.Grant.customerOfAccount;
import static io.tollgate.support.web.security.Grant.everyone;
import static io.tollgate.support.web.security.Grant.operator;

import io.tollgate.support.web.security.AccessRules;
import io.tollgate.support.web.security.Scopes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Who may use which route; a route without a rule is closed to everyone. Messages belong to their
 * account; notices are published by operators.
 */
@Configuration(proxyBeanMethods = false)
class NotificationAccess {

  private static final String MESSAGES = "/v1/accounts/{account}/messages";
  private static final String NOTICE = "/v1/notices/{notice}";

  @Bean
  AccessRules accessRules() {
    return AccessRules.ofEveryServiceWithDatabase()
        .get(MESSAGES, customerOfAccount(), operator())
        .get(MESSAGES + "/unread-count", customerOfAccount(), operator())
        .get(MESSAGES + "/stream", customerOfAccount())
        .post(MESSAGES + "/{message}/read", customerOfAccount())
        .post(MESSAGES + "/{message}/answer", customerOfAccount())
        .post("/v1/notices", operator(Scopes.NOTICE))
        .get("/v1/notices", operator())
        .get(NOTICE, operator())
        .get(NOTICE + "/proof", operator(Scopes.NOTICE))
        .post(NOTICE + "/withdrawal", operator(Scopes.NOTICE))
        .get("/v1/announcements", everyone())
        .get("/v1/deliveries", operator(Scopes.NOTICE))
        .post("/v1/deliveries/{delivery}/retry", operator(Scopes.NOTICE));
  }
}
