#!/usr/bin/env python3
"""Totals of CloudWatch CSV exports, reckoned from the files alone; Python 3.9, standard library only.

usage: cloudwatch_totals.py DIRECTORY ZONE PRICE

Prints JSON: for each file its exact SUM and COUNT by hour and by local day (keyed by the window's first instant, in
UTC), over all, and what the hours cost at PRICE per unit when each is rounded half up to 6 digits.
"""
import csv
import datetime
import decimal
import json
import pathlib
import sys
import zoneinfo

decimal.getcontext().prec = 80
MICRO = decimal.Decimal("0.000001")
UTC = datetime.timezone.utc


def instant(moment):
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain(number):
    return format(number, "f")


def totals(path, zone, price):
    hours, days = {}, {}
    with open(path, newline="") as rows:
        for row in csv.DictReader(rows):
            time = datetime.datetime.fromisoformat(row["timestamp"]).replace(tzinfo=UTC)
            local = time.astimezone(zone)
            hour = local.replace(minute=0, second=0, microsecond=0)
            day = local.replace(hour=0, minute=0, second=0, microsecond=0)
            value = decimal.Decimal(row["value"])
            for windows, start in ((hours, hour), (days, day)):
                total, count = windows.get(instant(start), (decimal.Decimal(0), 0))
                windows[instant(start)] = (total + value, count + 1)
    charge = sum((total * price).quantize(MICRO, decimal.ROUND_HALF_UP) for total, _ in hours.values())
    return {
        "hours": {start: [plain(total), count] for start, (total, count) in hours.items()},
        "days": {start: [plain(total), count] for start, (total, count) in days.items()},
        "sum": plain(sum(total for total, _ in days.values())),
        "count": sum(count for _, count in days.values()),
        "charge": plain(charge),
    }


def main():
    directory, zone, price = sys.argv[1:]
    files = sorted(pathlib.Path(directory).glob("*.csv"))
    result = {path.stem: totals(path, zoneinfo.ZoneInfo(zone), decimal.Decimal(price)) for path in files}
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
