package io.tollgate.notification.notice;

import io.tollgate.model.event.NoticeEvent.GateKind;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Leads in force. */
@Component
class NoticePolicies {

  /** Whole natural days a notice of this kind must lie ahead. */
  int leadDays(GateKind gate, Instant at) {
    return gate.leadDays();
  }
}
