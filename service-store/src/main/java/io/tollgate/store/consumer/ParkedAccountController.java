package io.tollgate.store.consumer;

import io.tollgate.support.web.Paging;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists parked accounts to operators, who replay them. */
@RestController
@RequestMapping("/v1/parked-accounts")
final class ParkedAccountController {

  private final AccountParking parking;

  ParkedAccountController(AccountParking parking) {
    this.parking = parking;
  }

  record ParkedAccounts(List<ParkedAccount> items, Optional<String> nextCursor) {}

  record Replays(String account, List<AccountParking.Replay> replays) {}

  @GetMapping
  ParkedAccounts list(
      @RequestParam(defaultValue = "") String cursor,
      @RequestParam(defaultValue = "100") int limit) {
    int bounded = Paging.limit(Optional.of(limit));
    List<ParkedAccount> items = parking.list(cursor, bounded);
    return new ParkedAccounts(
        items,
        items.size() < bounded
            ? Optional.empty()
            : Optional.of(items.getLast().account() + " " + items.getLast().consumer()));
  }

  @PostMapping("/{account}/replay")
  Replays replay(@PathVariable String account) {
    return new Replays(account, parking.replay(account));
  }
}
