"""Asks every clock what time it is, sleeps an hour, and asks again."""

import datetime
import time
from time import time as bound_early

EARLY = bound_early()


def seen():
    return {
        "time": int(time.time()),
        "time_ns": time.time_ns() // 1000000000,
        "bound": int(bound_early()),
        "clock_gettime": int(time.clock_gettime(time.CLOCK_REALTIME)),
        "gmtime": time.strftime("%Y-%m-%dT%H", time.gmtime()),
        "localtime": time.strftime("%Y-%m-%dT%H"),
        "ctime": time.ctime()[:14],
        "now": datetime.datetime.now().strftime("%Y-%m-%dT%H"),
        "utcnow": datetime.datetime.utcnow().strftime("%Y-%m-%dT%H"),
        "aware": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H%z"),
        "today": str(datetime.date.today()),
        "type": type(datetime.datetime.now()) is datetime.datetime,
    }


def main(event):
    before, began, counted = seen(), time.monotonic(), time.perf_counter()
    time.sleep(float(event["inputFields"]["sleep"]))
    slept = [int(time.monotonic() - began), int(time.perf_counter() - counted)]
    return {"outputFields": {"before": before, "after": seen(), "slept": slept}}
