package io.tollgate.store.agreement;

import io.tollgate.model.NoticeId;
import io.tollgate.model.event.GateAction;
import java.time.Instant;
import java.util.Optional;

/**
 * A request to carry out a gated action.
 *
 * @param action what is to be done
 * @param notice the notice it names, if any
 * @param part what of the action is done now: an instance where it is carried out one instance at a
 *     time, else empty; each part passes once
 * @param effectAt when it takes effect
 * @param why why the action needs a notice, for whoever named none
 * @param at business instant of the use
 * @param by who does it
 */
public record Passage(
    GateAction action,
    Optional<NoticeId> notice,
    String part,
    Instant effectAt,
    String why,
    Instant at,
    String by) {}
