package io.tollgate.notification.notice;

import io.tollgate.model.event.GateAction;
import io.tollgate.support.web.Fields;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A notice as an operator sends it.
 *
 * @param kind see {@link NoticeDraft#kind()}
 * @param action see {@link NoticeDraft#action()}
 * @param audience whom else it concerns than those whom its action touches; needed where there is
 *     no action
 * @param effectAt see {@link NoticeDraft#effectAt()}
 * @param answerBy see {@link NoticeDraft#answerBy()}
 * @param announced whether everybody may read it; by default where its clause names the website and
 *     where it concerns every account; never of a kind that is about single accounts
 * @param texts see {@link NoticeDraft#texts()}
 */
record PublishRequest(
    NoticeKind kind,
    Optional<GateAction> action,
    Optional<Audience> audience,
    Optional<Instant> effectAt,
    Optional<Instant> answerBy,
    Optional<Boolean> announced,
    Texts texts) {

  PublishRequest {
    Fields.required("kind", kind);
    Fields.required("texts", texts);
    if (action.isEmpty() && audience.isEmpty()) {
      throw new IllegalArgumentException(
          kind.gate().isPresent()
              ? "a " + kind + " notice must name the action that it announces"
              : "a notice without an action must name its audience");
    }
    action.ifPresent(named -> checkKind(kind, named));
    if (announced.orElse(false) && kind.isNeverAnnounced()) {
      throw new IllegalArgumentException("a " + kind + " notice is never announced publicly");
    }
    if (announced.orElse(false) && concernsSingleAccounts(action, audience)) {
      throw new IllegalArgumentException(
          "a notice about single accounts is never announced publicly");
    }
    if (!announced.orElse(true) && kind.isAnnouncedPublicly()) {
      throw new IllegalArgumentException(
          "a " + kind + " notice is announced publicly as well (" + kind.rule() + ")");
    }
  }

  private static void checkKind(NoticeKind kind, GateAction action) {
    if (!kind.gate().equals(Optional.of(action.kind()))) {
      throw new IllegalArgumentException(
          "%s is announced by a notice of kind %s, not %s"
              .formatted(action.description(), action.kind(), kind));
    }
  }

  private static boolean concernsSingleAccounts(
      Optional<GateAction> action, Optional<Audience> audience) {
    return action
        .map(Audience::of)
        .or(() -> audience)
        .filter(whom -> whom.parts().allMatch(PublishRequest::isOfSingleAccounts))
        .isPresent();
  }

  private static boolean isOfSingleAccounts(Audience audience) {
    return switch (audience) {
      case Audience.Accounts accounts -> true;
      case Audience.OwnersOf owners -> true;
      case Audience.All all -> false;
      case Audience.UsersOf users -> false;
      case Audience.EverUsersOf bound -> false;
      case Audience.Several several -> false;
    };
  }

  NoticeDraft draft() {
    return new NoticeDraft(kind, action, wholeAudience(), effectAt, answerBy, isAnnounced(), texts);
  }

  private Audience wholeAudience() {
    return new Audience.Several(
        Stream.concat(action.map(Audience::of).stream(), audience.stream())
            .flatMap(Audience::parts)
            .toList());
  }

  private boolean isAnnounced() {
    return announced.orElse(
        kind.isAnnouncedPublicly()
            || (!kind.isNeverAnnounced()
                && wholeAudience().parts().anyMatch(part -> part instanceof Audience.All)));
  }
}
