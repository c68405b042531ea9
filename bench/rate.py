"""Measures from outside how well an instance keeps to portal.rate; see rate.sh."""

import argparse
import contextlib
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import contenders
import report
import stage
from corpus import FILES, PAGE_SIZE, Corpus, pdf
from processes import Failure
from stage import positive

BYTES = 2_000  # small, so that nothing but the rate holds the harvest back
MINUTE, SECOND = 60.0, 1.0
LEAST, MOST = 0.97, 1.00


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench/rate.sh",
        description="Runs a harvest at each rate, and reads in the portal's log when its requests came: over any minute at "
        f"least {LEAST} and at most {MOST:.2f} of the rate, and no second with more than the rate and one.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--rate", type=positive, action="append", help="requests a second  [1, 5, 50 and 500]")
    add("--seconds", type=positive, default=90, help="how long each harvest runs after its first request")
    add("--settle", type=positive, default=10, help="seconds at the beginning that do not count")
    add("--jvm", default=stage.jvm_options(), help="options of the harvester's JVM")
    add("--work", type=Path, default=stage.WORK.with_name("bench-rate"), help="work folder")
    given = parser.parse_args()
    if given.seconds - given.settle < MINUTE:
        parser.error("--seconds: expected a minute more than --settle")
    return given


def small_files(work: Path) -> Path:
    folder = work / "small"
    folder.mkdir()
    chance = random.Random(1)
    for number in range(FILES):
        (folder / f"{number:03}.pdf").write_bytes(pdf(chance, chance.randint(BYTES // 2, BYTES)))
    return folder


def windows(arrivals: list[float], length: float) -> Iterator[int]:
    """How many requests came in each span of this length that begins with a request and is over before the last one."""
    end = 0
    for begin, first in enumerate(arrivals):
        if first + length > arrivals[-1]:
            return
        while arrivals[end] < first + length:
            end += 1
        yield end - begin


def measure(given: argparse.Namespace, jar: Path, small: Path, rate: int) -> None:
    work = given.work / str(rate)
    pages = max(contenders.SCRIPTS, rate * given.seconds // PAGE_SIZE + contenders.SCRIPTS)
    corpus = Corpus(work / "portal", pages * PAGE_SIZE, small)
    corpus.write()
    log = work / "requests.log"
    with contextlib.ExitStack() as stack:
        portal = stage.portal(stack, work, corpus, log)
        store, _ = stage.store(stack, work, jar, work / "objects")
        bucket = work / "objects/target"
        bucket.mkdir()
        chosen = SimpleNamespace(jvm=given.jvm, concurrency=8)
        setting = contenders.Setting(chosen, jar, work, pages, portal, store, bucket, work / "harvest")
        child, _ = contenders.Harvester().start(setting, {"PORTAL_RATE": str(rate)})
        with child:
            child.wait_until(lambda: log.stat().st_size > 0, 120, 0.1)
            time.sleep(given.seconds)
            contenders.Harvester.end(child)
    lines = [tuple(map(float, line.split())) for line in log.read_text().splitlines()]
    arrivals = sorted(answered - took for answered, took in lines)
    arrivals = [at for at in arrivals if arrivals[0] + given.settle <= at <= arrivals[0] + given.seconds]
    minutes = [count / (rate * MINUTE) for count in windows(arrivals, MINUTE)]
    most = max(windows(arrivals, SECOND))
    shares = min(minutes), max(minutes)
    # a request that is slightly early falls into the previous window
    met = shares[0] >= LEAST and shares[1] <= MOST + 1 / (rate * MINUTE) and most <= rate + 1
    print(
        f"{rate} a second: over any minute {shares[0]:.3f} to {shares[1]:.3f} of the rate, at most {most} in a second; "
        f"{'met' if met else 'missed'}",
        flush=True,
    )


def main() -> int:
    given = options()
    try:
        jar = stage.prepare(given.work)
        small = small_files(given.work)
        print(report.machine(), flush=True)
        for rate in given.rate or [1, 5, 50, 500]:
            measure(given, jar, small, rate)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
