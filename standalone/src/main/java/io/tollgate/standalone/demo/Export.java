package io.tollgate.standalone.demo;

import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the interface says was charged, owed and told, as files: one JSON object per line, each with
 * its account. Read as any operator could read it.
 */
public final class Export {

  private static final int READERS = 4;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Api api;
  private final Map<String, List<JsonNode>> bills = new TreeMap<>();
  private final Map<String, List<JsonNode>> lines = new TreeMap<>();
  private final Map<String, List<JsonNode>> penalties = new TreeMap<>();
  private final Map<String, List<JsonNode>> recharges = new TreeMap<>();
  private final Map<String, List<JsonNode>> notices = new TreeMap<>();
  private final Map<String, List<JsonNode>> balances = new TreeMap<>();

  private Export(Api api) {
    this.api = api;
  }

  /** Reads everything of the accounts. */
  public static Export of(Api api, Iterable<String> accounts) {
    Export export = new Export(api);
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      List<Future<?>> reads = new ArrayList<>();
      for (String account : accounts) {
        reads.add(readers.submit(() -> export.read(account)));
      }
      for (Future<?> read : reads) {
        read.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the export failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return export;
  }

  private void read(String account) {
    String base = "/v1/accounts/" + account;
    List<JsonNode> ofAccount = api.items(Service.BILLING, base + "/bills?limit=500");
    keep(bills, account, ofAccount);
    List<JsonNode> ofBills = new ArrayList<>();
    for (JsonNode bill : ofAccount) {
      String id = bill.path("bill").asString("");
      ofBills.addAll(api.items(Service.BILLING, base + "/bills/" + id + "/lines?limit=500"));
    }
    keep(lines, account, ofBills);
    keep(penalties, account, api.items(Service.BILLING, base + "/penalties?limit=500"));
    keep(recharges, account, api.items(Service.BILLING, base + "/recharges?limit=500"));
    keep(notices, account, api.items(Service.NOTIFICATION, base + "/messages?limit=500"));
    keep(balances, account, List.of(api.get(Service.BILLING, base + "/balance").orFail().body()));
  }

  private static void keep(Map<String, List<JsonNode>> into, String account, List<JsonNode> items) {
    synchronized (into) {
      into.put(account, items);
    }
  }

  /** Writes the files. */
  public void write(Path directory) {
    Map<String, Map<String, List<JsonNode>>> files = new LinkedHashMap<>();
    files.put("bills", bills);
    files.put("lines", lines);
    files.put("penalties", penalties);
    files.put("recharges", recharges);
    files.put("notices", notices);
    files.put("balances", balances);
    files.forEach((name, content) -> write(directory.resolve(name + ".ndjson"), content));
  }

  private static void write(Path file, Map<String, List<JsonNode>> content) {
    StringBuilder text = new StringBuilder(1_000_000);
    content.forEach(
        (account, items) ->
            items.forEach(
                item ->
                    text.append("{\"account\":\"")
                        .append(account)
                        .append("\",\"item\":")
                        .append(JSON.writeValueAsString(item))
                        .append("}\n")));
    Sample.write(file, text.toString());
  }

  /** Bills by account. */
  Map<String, List<JsonNode>> bills() {
    return bills;
  }

  /** Charge lines by account. */
  Map<String, List<JsonNode>> lines() {
    return lines;
  }

  /** Penalties by account. */
  Map<String, List<JsonNode>> penalties() {
    return penalties;
  }

  /** Messages by account. */
  Map<String, List<JsonNode>> notices() {
    return notices;
  }

  /** Balances, one of each account. */
  Map<String, List<JsonNode>> balances() {
    return balances;
  }
}
