"""Serves pieces of work to the benchmarks: a line of JSON in ({"work": …, "times": …}), a line of JSON out ({"seconds" and "processor" seconds: for each time, "result": of the last})."""
import json
import sys
import time


def folder():
    """Where the other side has put its files."""
    return sys.argv[1] + "/"


def serve(prepared):
    """prepared(name) loads what the work needs, untimed, and returns a function without arguments; asked once a name."""
    works = {}
    for line in sys.stdin:
        asked = json.loads(line)
        name, times = asked["work"], asked["times"]
        if name not in works:
            works[name] = prepared(name)
        work = works[name]
        start, spent = time.perf_counter(), time.process_time()
        for _ in range(times):
            result = work()
        seconds, processor = (time.perf_counter() - start) / times, (time.process_time() - spent) / times
        print(json.dumps({"seconds": seconds, "processor": processor, "result": result}, default=lambda array: array.tolist()), flush=True)
