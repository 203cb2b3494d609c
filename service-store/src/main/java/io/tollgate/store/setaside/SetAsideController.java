package io.tollgate.store.setaside;

import io.tollgate.store.consumer.AccountParking;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists work that is set aside, with its reason, to operators, who can retry it. */
@RestController
@RequestMapping("/v1/set-aside")
final class SetAsideController {

  private static final List<String> FIRST = List.of("", "", "");

  private final SetAsideList list;
  private final SetAside setAside;
  private final AccountParking parking;

  SetAsideController(SetAsideList list, SetAside setAside, AccountParking parking) {
    this.list = list;
    this.setAside = setAside;
    this.parking = parking;
  }

  @GetMapping
  Page<SetAsideList.Item> list(
      @RequestParam Optional<String> account,
      @RequestParam Optional<String> work,
      @RequestParam Optional<String> cursor,
      @RequestParam Optional<Integer> limit) {
    int most = Paging.limit(limit);
    List<String> after = cursor.map(text -> Paging.key(text, FIRST.size())).orElse(FIRST);
    return Page.of(
        list.page(account, work, after, most + 1),
        most,
        item -> Paging.cursor(item.account().orElse(""), item.work(), item.subject().orElse("")));
  }

  record Reasons(List<SetAsideList.Reason> items) {}

  @GetMapping("/reasons")
  Reasons reasons() {
    return new Reasons(list.reasons());
  }

  /**
   * The work to retry.
   *
   * @param account of this account only
   * @param work of this work only
   */
  record Retry(Optional<String> account, Optional<String> work) {}

  /** How many items of work and parked accounts are retried. */
  record Retried(int work, int parkedAccounts) {}

  @PostMapping("/retry")
  Retried retry(@RequestBody Retry body) {
    int work = setAside.tryAgain(body.account(), body.work());
    int parked = parking.tryAgain(body.account(), body.work());
    return new Retried(work, parked);
  }
}
