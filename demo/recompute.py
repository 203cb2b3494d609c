#!/usr/bin/env python3
"""Recomputes a run of the demo from its input files alone and compares every charge line, bill, penalty,
balance and notice date with what the interface says.

Shares no code with the services: exact fractions instead of decimals, whole months at once instead of
increments. Ends by dropping one event, changing one price and counting tiers, allowances and minimums for
the wrong one of account and instance to show that it would notice.

usage: recompute.py DATA_DIRECTORY     exit code 0: equal, 1: different
"""
import copy
import glob
import json
import os
import sys
from collections import Counter, defaultdict
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from math import ceil, floor

ZONE = timezone(timedelta(hours=8))  # Asia/Shanghai has no daylight saving time
FIRST = datetime(2026, 3, 1, tzinfo=ZONE)
MONTH_END = datetime(2026, 4, 1, tzinfo=ZONE)
END = datetime(2026, 4, 1, 12, tzinfo=ZONE)
GRACE_OF_WINDOWS = timedelta(minutes=2)
GRACE_OF_DEBTS = timedelta(hours=24)
RETENTION = timedelta(days=15)
PENALTY_RATE = Fraction(1, 1000)
SHOWN = 20


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(ZONE)


def day_of(time):
    return time.replace(hour=0, minute=0, second=0, microsecond=0)


def rounded(amount):
    """HALF_UP to 6 fraction digits; below zero away from zero as well."""
    scaled = abs(amount) * 10**6
    units = floor(scaled + Fraction(1, 2))
    return Fraction(units if amount >= 0 else -units, 10**6)


def number(node):
    if isinstance(node, dict):
        node = node["amount"]
    return Fraction(str(node).split(" ")[0])


class Inputs:
    def __init__(self, directory):
        def read(name):
            with open(os.path.join(directory, name), encoding="utf-8") as file:
                return json.load(file, parse_float=str, parse_int=str)

        self.catalogue = read("catalogue.json")
        self.customers = read("customers.json")
        self.recharges = read("recharges.json")
        self.events = {}
        for name in sorted(glob.glob(os.path.join(directory, "usage-*.ndjson"))):
            with open(name, encoding="utf-8") as file:
                for line in file:
                    event = json.loads(line, parse_float=str, parse_int=str)
                    self.events[(event["source"], event["subject"], event["id"])] = event


# --- what a quantity costs in all, T(q) ---------------------------------------------------------


def total_price(model, quantity):
    kind = model["kind"]
    if quantity == 0:
        return Fraction(0)
    if kind == "FLAT":
        return Fraction(model["amount"])
    if kind == "PER_UNIT":
        return quantity * Fraction(model["unitPrice"])
    if kind == "BLOCKS":
        return ceil(quantity / Fraction(model["blockSize"])) * Fraction(model["price"])
    if kind == "VOLUME":
        for tier in model["tiers"]:
            if "upTo" not in tier or quantity <= Fraction(tier["upTo"]):
                return quantity * Fraction(tier["unitPrice"])
    if kind == "GRADUATED":
        cost, below = Fraction(0), Fraction(0)
        for tier in model["tiers"]:
            top = quantity if "upTo" not in tier else min(quantity, Fraction(tier["upTo"]))
            if top > below:
                cost += (top - below) * Fraction(tier["unitPrice"])
                below = top
        return cost
    raise ValueError(kind)


class Tally:
    """Free units, priced units and exact price of one counter."""

    def __init__(self):
        self.free = self.units = self.amount = Fraction(0)


def window_of(cycle, time):
    if cycle == "HOUR":
        start = time.replace(minute=0, second=0, microsecond=0)
        return start, start + timedelta(hours=1)
    start = day_of(time)
    return start, start + timedelta(days=1)


def cycle_of(cycle, start):
    if cycle == "MONTH":
        return FIRST, MONTH_END
    return window_of(cycle, start)


def version_at(versions, time):
    found = [v for v in versions if instant(v["effectiveFrom"]) <= time]
    return max(found, key=lambda v: instant(v["effectiveFrom"]))


def usage_of(inputs, cycles):
    """(instance, meter, window start) -> quantity."""
    product_of = {i["instance"]: i["product"] for c in inputs.customers for i in c["instances"]}
    meters = defaultdict(list)
    for meter in inputs.catalogue["meters"]:
        meters[meter["eventType"]].append(meter)
    usage = {}
    for event in inputs.events.values():
        instance, time = event["subject"], instant(event["time"])
        start, _ = window_of(cycles[product_of[instance]], time)
        for meter in meters[event["type"]]:
            value = Fraction(event["data"][meter["valuePointer"].lstrip("/")])
            key = (instance, meter["meter"], start)
            if key not in usage:
                usage[key] = value
            elif meter["aggregation"] == "SUM":
                usage[key] += value
            elif meter["aggregation"] == "MAX":
                usage[key] = max(usage[key], value)
            else:
                raise ValueError(meter["aggregation"])
    return usage


def lines_of(inputs):
    """(account, product, cycle start, kind, instance, meter, window start) -> (quantity, amount)."""
    cycles = {p["product"]: p["cycle"] for p in inputs.catalogue["products"]}
    versions = defaultdict(list)
    for each in inputs.catalogue["prices"]:
        versions[each["product"]].append(each["price"])
    usage = defaultdict(list)
    for (instance, meter, start), quantity in usage_of(inputs, cycles).items():
        usage[instance].append((meter, start, quantity))
    lines = {}
    for customer in inputs.customers:
        instances = defaultdict(list)
        for running in customer["instances"]:
            instances[running["product"]].append(running["instance"])
        for product, running in instances.items():
            what = customer["account"], product
            for group in counted_together(versions[product], running):
                windows = defaultdict(list)
                for instance in group:
                    for meter, start, quantity in usage[instance]:
                        windows[meter].append((start, instance, quantity))
                for meter, of_meter in windows.items():
                    rate_series(lines, versions[product], cycles[product], what, meter,
                                sorted(of_meter))
                add_recurring(lines, versions[product], cycles[product], what, group)
    return lines


def counted_together(versions, instances):
    """The groups of instances that share counters and a minimum."""
    per = {v.get("countedPer", "ACCOUNT") for v in versions}
    assert len(per) == 1, "the demo's products do not change how they count"
    return [instances] if per == {"ACCOUNT"} else [[instance] for instance in instances]


def rate_series(lines, versions, cycle, what, meter, windows):
    month, inner, inner_start = Tally(), Tally(), None
    for start, instance, quantity in windows:
        cycle_start, _ = cycle_of(cycle, start)
        if cycle_start != inner_start:
            inner, inner_start = Tally(), cycle_start
        price = next((m for m in version_at(versions, start)["meters"] if m["meter"] == meter), None)
        key = (*what, cycle_start, "USAGE", instance, meter, start)
        if price is None:
            lines[key] = (quantity, Fraction(0))
            continue
        of_scope = {"CYCLE": inner, "MONTH_TO_DATE": month}
        allowance = Fraction(price.get("freeAllowance", "0"))
        used_free = of_scope[price.get("freeAllowanceScope", "CYCLE")].free
        free = min(quantity, max(Fraction(0), allowance - used_free))
        counter = of_scope[price.get("scope", "CYCLE")]
        before = counter.amount
        cost = total_price(price["model"], counter.units + quantity - free) - total_price(
            price["model"], counter.units)
        for tally in (month, inner):
            tally.free += free
            tally.units += quantity - free
            tally.amount += cost
        lines[key] = (quantity, rounded(before + cost) - rounded(before))


def add_recurring(lines, versions, cycle, what, instances):
    if cycle == "HOUR":
        return  # the demo's hourly product has neither fee nor minimum
    priced = defaultdict(Fraction)
    for (a, p, start, _, i, _, _), (_, amount) in lines.items():
        if i in instances and (a, p) == what:
            priced[start] += amount
    shared = versions[0].get("countedPer", "ACCOUNT") == "ACCOUNT"
    start = FIRST
    while start < MONTH_END:
        _, end = cycle_of(cycle, start)
        version = version_at(versions, start)
        days = Fraction((end - start).days)
        if "flatFee" in version:
            fee = Fraction(version["flatFee"])
            for instance in instances:
                lines[(*what, start, "FLAT", instance, None, start)] = (days, fee)
                priced[start] += fee
        lack = Fraction(version.get("minimum", "0")) - priced[start]
        if lack > 0:
            whose = None if shared else instances[0]
            lines[(*what, start, "MINIMUM", whose, None, start)] = (days, lack)
        start = end


# --- what became of the money -------------------------------------------------------------------


class Account:
    def __init__(self, name, instances):
        self.name, self.instances = name, instances
        self.funds = Fraction(0)
        self.debts = []  # [due, bill, principal, penalty], oldest first
        self.penalties = {}
        self.notices = Counter()
        self.suspend_at = self.suspended_at = self.release_at = None
        self.released = False

    def owed(self):
        return sum(d[2] for d in self.debts)

    def tell(self, kind, at, times=1):
        self.notices[kind, at] += times

    def bill(self, at, bill, amount):
        paid = min(self.funds, amount)
        self.funds -= paid
        if amount > paid:
            if self.owed() == 0:
                self.tell("ARREARS_BEGUN", at)
                self.tell("SUSPENSION_AHEAD", at, self.instances)
                self.suspend_at = at + GRACE_OF_DEBTS
            self.debts.append([at, bill, amount - paid, Fraction(0)])

    def recharge(self, at, amount):
        self.tell("RECHARGE_RECEIVED", at)
        owing = self.owed() > 0
        for debt in self.debts:
            for part in (2, 3):
                paid = min(amount, debt[part])
                debt[part] -= paid
                amount -= paid
        self.funds += amount
        if owing and self.owed() == 0:
            if self.suspended_at and not self.released:
                self.tell("RESUMED", at, self.instances)
            self.suspend_at = self.suspended_at = self.release_at = None

    def end_day(self, start):
        for debt in self.debts:
            if day_of(debt[0]) < start and debt[2] > 0:
                amount = rounded(debt[2] * PENALTY_RATE)
                debt[3] += amount
                self.penalties[debt[1], start.date().isoformat()] = (debt[2], amount)

    def pass_time(self, until):
        """What time alone brings about before an instant."""
        if self.suspend_at and self.suspend_at < until:
            self.suspended_at, self.suspend_at = self.suspend_at, None
            self.release_at = self.suspended_at + RETENTION
            self.tell("SUSPENDED", self.suspended_at, self.instances)
        if self.release_at and not self.released:
            for days in (8, 2):
                warned = self.release_at - timedelta(days=days)
                if warned < until and ("DELETION_AHEAD", warned) not in self.notices:
                    self.tell("DELETION_AHEAD", warned, self.instances)
            if self.release_at < until:
                self.released = True
                # The demo's platform reports what it has done at the end of the day.
                done = day_of(self.release_at) + timedelta(days=1)
                self.tell("DELETION_DONE", done, self.instances)


def accounts_of(inputs, lines):
    cycles = {p["product"]: p["cycle"] for p in inputs.catalogue["products"]}
    bills = defaultdict(Fraction)
    for (account, product, start, _, _, _, _), (_, amount) in lines.items():
        bills[account, product, start] += amount
    moves = defaultdict(list)
    for (account, product, start), amount in bills.items():
        booked = cycle_of(cycles[product], start)[1] + GRACE_OF_WINDOWS
        moves[account].append((booked, 1, (product, start), amount))
    for customer in inputs.customers:
        moves[customer["account"]].append((FIRST, 0, None, Fraction(customer["funds"])))
    for each in inputs.recharges:
        moves[each["account"]].append((instant(each["at"]), 0, None, Fraction(each["amount"])))
    accounts = {}
    for customer in inputs.customers:
        account = Account(customer["account"], len(customer["instances"]))
        accounts[account.name] = account
        waiting = sorted(moves[account.name], key=lambda m: (m[0], m[1], str(m[2])))
        day = FIRST
        while day < END:
            end = min(day + timedelta(days=1), END)
            while waiting and waiting[0][0] < end:
                at, _, bill, amount = waiting.pop(0)
                account.pass_time(at)
                if bill is None:
                    account.recharge(at, amount)
                else:
                    account.bill(at, bill, amount)
                    if cycles[bill[0]] == "MONTH":
                        account.tell("BILL_READY", at)
            account.pass_time(end)
            if end == day + timedelta(days=1):
                account.end_day(day)
            day = end
    return accounts, bills


# --- comparison ---------------------------------------------------------------------------------


class Export:
    def __init__(self, directory):
        def read(name):
            with open(os.path.join(directory, name + ".ndjson"), encoding="utf-8") as file:
                return [(r["account"], r["item"]) for r in map(json.loads, file)]

        self.bills, self.bill_of = {}, {}
        for account, bill in read("bills"):
            key = (account, bill["product"], instant(bill["periodStart"]))
            if key in self.bills:
                raise ValueError(f"two bills of {key}")
            self.bills[key] = bill
            self.bill_of[bill["bill"]] = (bill["product"], instant(bill["periodStart"]))
        self.lines = {}
        for account, line in read("lines"):
            key = (account, line["product"], instant(line["cycleStart"]), line["kind"],
                   line.get("instance"), line.get("meter"), instant(line["windowStart"]))
            self.lines[key] = (number(line["quantity"]), number(line["amount"]))
        self.penalties = {}
        for account, each in read("penalties"):
            self.penalties[account, self.bill_of[each["bill"]], each["day"]] = (
                number(each["principal"]), number(each["amount"]))
        self.balances = {account: balance for account, balance in read("balances")}
        self.notices = Counter()
        for account, each in read("notices"):
            self.notices[account, each["kind"], instant(each["deliveredAt"])] += 1


def compare(what, expected, found, differences):
    for key in sorted(set(expected) | set(found), key=str):
        if expected.get(key) != found.get(key):
            differences.append((what, key, expected.get(key), found.get(key)))
    return len(expected)


def differences_of(inputs, export):
    differences, checked = [], {}
    lines = lines_of(inputs)
    accounts, bills = accounts_of(inputs, lines)
    checked["charge lines"] = compare("line", lines, export.lines, differences)
    checked["bills"] = compare(
        "bill", bills, {k: number(b["amount"]) for k, b in export.bills.items()}, differences)
    cycles = {p["product"]: p["cycle"] for p in inputs.catalogue["products"]}
    checked["due dates"] = compare(
        "due", {k: cycle_of(cycles[k[1]], k[2])[1] + GRACE_OF_WINDOWS for k in bills},
        {k: instant(b["dueAt"]) for k, b in export.bills.items()}, differences)
    checked["penalty days"] = compare(
        "penalty", {(a.name, *k): v for a in accounts.values() for k, v in a.penalties.items()},
        export.penalties, differences)
    checked["balances"] = compare(
        "balance",
        {a.name: (a.funds, a.owed(), sum(d[3] for d in a.debts)) for a in accounts.values()},
        {name: tuple(number(b[p]) for p in ("funds", "owed", "penalty"))
         for name, b in export.balances.items()}, differences)
    checked["notices"] = compare(
        "notice", {(a.name, *k): n for a in accounts.values() for k, n in a.notices.items()},
        export.notices, differences)
    return checked, differences


def shown(value):
    if isinstance(value, Fraction):
        return f"{float(value):.6f}"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return "(" + ", ".join(shown(each) for each in value) + ")"
    return str(value)


def each_of(inputs, product):
    return next(p["price"]["countedPer"].lower() for p in inputs.catalogue["prices"]
                if p["product"] == product)


def notices_mutations(inputs, export):
    """Whether a dropped event, a changed price and counting for the wrong one would have been noticed."""
    fewer = copy.copy(inputs)
    fewer.events = dict(inputs.events)
    victim = next(k for k, e in sorted(inputs.events.items()) if e["type"] == "vm.usage"
                  and Fraction(e["data"]["vcpuHours"]) > 0)
    del fewer.events[victim]
    dearer = copy.copy(inputs)
    dearer.catalogue = copy.deepcopy(inputs.catalogue)
    meter = next(m for p in dearer.catalogue["prices"] if p["product"] == "storage"
                 for m in p["price"]["meters"])
    meter["model"]["tiers"][0]["unitPrice"] = "0.012001"
    others = {"ACCOUNT": "INSTANCE", "INSTANCE": "ACCOUNT"}
    swapped = []
    for product in ("compute", "gateway"):
        miscounted = copy.copy(inputs)
        miscounted.catalogue = copy.deepcopy(inputs.catalogue)
        for each in miscounted.catalogue["prices"]:
            if each["product"] == product:
                each["price"]["countedPer"] = others[each["price"].get("countedPer", "ACCOUNT")]
        swapped.append((f"{product} counted per {each_of(miscounted, product)}", miscounted))
    noticed = True
    for words, changed in (("one event dropped", fewer), ("one price changed", dearer), *swapped):
        found = len(differences_of(changed, export)[1])
        print(f"  with {words}: {found} differences noticed")
        noticed &= found > 0
    return noticed


def main():
    root = sys.argv[1]
    inputs, export = Inputs(os.path.join(root, "input")), Export(os.path.join(root, "export"))
    print(f"\n== Independent recomputation of {len(inputs.events):,} events")
    checked, differences = differences_of(inputs, export)
    for what, count in checked.items():
        print(f"  {count:8,d} {what} compared")
    for what, key, expected, found in differences[:SHOWN]:
        print(f"  DIFFERENT {what} {shown(key)}: expected {shown(expected)}, found {shown(found)}")
    print(f"  {len(differences)} differences")
    noticed = notices_mutations(inputs, export)
    return 0 if not differences and noticed else 1


if __name__ == "__main__":
    sys.exit(main())
