"""Measures whether the waiting for a slow portal and a slow store is hidden; see latency.sh."""

import argparse
import contextlib
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import contenders
import opendata
import report
import stage
from corpus import PAGE_SIZE
from processes import Child, Failure
from stage import positive

HERE = Path(__file__).resolve().parent
PARTS = 17
OPEN_DATA_AIM, OPEN_DATA_CONCURRENCY = 615, "32"
SHARES = {64: 0.95, 256: 0.9}  # of what the portal's latency allows at this concurrency


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench/latency.sh",
        description="Documents a second from a portal and into a store that take their time with every answer, beside what "
        "their latency allows.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--portal-ms", type=positive, default=200, help="what the portal takes for an answer")
    add("--store-ms", type=positive, default=50, help="what the store takes for an answer")
    add("--concurrency", type=positive, action="append", help="portal.concurrency  [64 and 256]")
    add("--documents", type=positive, default=17_000, help="documents of a run")
    add("--road", choices=("links", "opendata"), action="append", help="what is measured  [both]")
    add("--jvm", default=stage.jvm_options(), help="options of the harvester's JVM")
    add("--work", type=Path, default=stage.WORK.with_name("bench-latency"), help="work folder")
    return parser.parse_args()


class Slow:
    """The slow portal and the slow store."""

    def __init__(self, stack: contextlib.ExitStack, work: Path, name: str, given: argparse.Namespace, pages: int):
        command = ["java", "-Xmx512m", HERE / "SlowServers.java", given.portal_ms, given.store_ms, pages]
        self.child = stack.enter_context(Child("slow servers", command, work / f"{name}.slow", work))
        self.child.wait_until(lambda: re.match(r"\d+ \d+\n", self.text()), 120, 0.1)
        portal, store = self.text().split()[:2]
        self.portal, self.store = f"http://127.0.0.1:{portal}", f"http://127.0.0.1:{store}"

    def text(self) -> str:
        return self.child.log.read_text()

    def stored(self) -> list[tuple[int, float]]:
        return [(int(n), float(at)) for n, at in re.findall(r"stored (\d+) ([\d.]+)\n", self.text())]

    def rate(self, harvester: Child, documents: int) -> float:
        """Documents a second in the middle of the run: neither while it starts nor while scripts run out of pages."""
        harvester.wait_until(lambda: any(n >= documents * 0.8 for n, _ in self.stored()), contenders.PATIENCE, 0.5)
        marks = [mark for mark in self.stored() if documents * 0.3 <= mark[0] <= documents * 0.8]
        return (marks[-1][0] - marks[0][0]) / (marks[-1][1] - marks[0][1])


def links(given: argparse.Namespace, work: Path, jar: Path, concurrency: int) -> None:
    pages = given.documents // PAGE_SIZE
    name = f"links-{concurrency}"
    with contextlib.ExitStack() as stack:
        slow = Slow(stack, work, name, given, pages)
        chosen = SimpleNamespace(jvm=given.jvm, concurrency=concurrency)
        setting = contenders.Setting(chosen, jar, work, pages, slow.portal, slow.store, Path("bench"), work / name)
        child, _ = contenders.Harvester().start(setting)
        with child:
            rate = slow.rate(child, given.documents)
    allowed = concurrency / given.portal_ms * 1000
    aim = SHARES.get(concurrency)
    tell(f"links, concurrency {concurrency}", rate, child, f"{rate / allowed:.2f} of {allowed:.0f}", aim and aim * allowed)


def open_data(given: argparse.Namespace, work: Path, jar: Path) -> None:
    each = given.documents // PARTS // PAGE_SIZE * PAGE_SIZE
    with contextlib.ExitStack() as stack:
        objects = work / "objects"
        source, _ = stage.store(stack, work, jar, objects)
        opendata.make_source(objects / "open-data", PARTS, each)
        slow = Slow(stack, work, "opendata", given, 1)
        child = opendata.start_harvester(
            jar, given.jvm, source, work / "opendata", more={"S3_ENDPOINT": slow.store, "PORTAL_CONCURRENCY": OPEN_DATA_CONCURRENCY}
        )
        with child:
            rate = slow.rate(child, each * PARTS)
    tell("opendata", rate, child, "", OPEN_DATA_AIM)


def tell(what: str, rate: float, child: Child, words: str, aim: float | None) -> None:
    aims = "" if aim is None else f"; aim: at least {aim:.0f}, {'met' if rate >= aim else 'missed'}"
    ms = 1000 * child.cpu_seconds
    print(f"{what}: {rate:.0f} documents/s {words}{aims}; CPU of the harvester {ms / 1000:.0f} s, "
          f"peak {child.peak_mib:.0f} MiB", flush=True)


def main() -> int:
    given = options()
    try:
        jar = stage.prepare(given.work)
        print(f"{report.machine()} Portal {given.portal_ms} ms, store {given.store_ms} ms.", flush=True)
        roads = given.road or ["links", "opendata"]
        if "links" in roads:
            for concurrency in given.concurrency or list(SHARES):
                links(given, given.work, jar, concurrency)
        if "opendata" in roads:
            open_data(given, given.work, jar)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
