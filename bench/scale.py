"""Measures whether anything grows with what is done: an instance with a big ledger beside a new one. See scale.sh."""

import argparse
import contextlib
import os
import shutil
import sqlite3
import statistics
import sys
import time
from pathlib import Path

import report
import seeds
import stage
import status
from contenders import PATIENCE, Harvester, Setting, manifests
from corpus import PAGE_SIZE, Corpus
from processes import Failure
from questions import Api, is_up
from stage import positive

HARVESTER = Harvester()
STEPS = ("start", "rate", "sweep", "vacuum")
START_AIM, RATE_AIM, STATUS_AIM, SWEEP_AIM = 5, 0.9, 20, 5_000


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench/scale.sh",
        description="An instance whose ledger holds millions of documents, beside one with an empty ledger: its start, "
        "documents a second, the status, a sweep over stored pages, and a copy of the ledger.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--ledger-documents", type=positive, default=5_000_000, help="documents that the ledger holds already")
    add("--documents", type=positive, default=20_000, help="documents to harvest, whole pages of 100")
    add("--rounds", type=positive, default=2, help="rounds of starts and harvests")
    add("--sweep", type=positive, default=4, help="scripts that sweep")
    add("--only", default=",".join(STEPS), help="what is measured")
    add("--concurrency", type=positive, default=8, help="portal.concurrency of the harvester")
    add("--jvm", default=stage.jvm_options(), help="options of the harvester's JVM")
    add("--work", type=Path, default=stage.WORK.with_name("bench-scale"), help="work folder; the ledger stays in it")
    given = parser.parse_args()
    if not set(given.only.split(",")) <= set(STEPS):
        parser.error(f"--only: {given.only}; expected some of {','.join(STEPS)}")
    if given.documents % PAGE_SIZE:
        parser.error(f"--documents: {given.documents}; expected whole pages of {PAGE_SIZE}")
    # for status.StatusBench
    given.per_second, given.clients, given.settle, given.start_delay = 10, 1, 15, 0.25
    return given


class ScaleBench(status.StatusBench):
    """Adds what the harvests with a big ledger are compared with."""

    def __init__(self, given: argparse.Namespace):
        super().__init__(given)
        each = self.shares.pages // seeds.SCRIPTS
        swept = range(1, min(given.sweep, seeds.SCRIPTS) * each + 1) if "sweep" in given.only else ()
        self.corpus = Corpus(
            self.work / "portal", self.shares.pages * PAGE_SIZE, pages=sorted({*self.shares.open, *swept})
        )
        self.small = Corpus(self.work / "small-portal", given.documents)

    def run(self) -> None:
        self.jar = stage.prepare(self.work)
        self.corpus.write()
        self.small.write()
        with contextlib.ExitStack() as stack:
            self.portal = stage.portal(stack, self.work, self.corpus)
            self.small_portal = stage.portal(stack, self.work, self.small)
            self.endpoint, _ = stage.store(stack, self.work, self.jar, self.objects)
            if not self.ledger.exists():
                self._make_ledger()
            print(f"ledger of {self.stored:,} documents: {self.ledger.stat().st_size / 2**20:,.0f} MiB", flush=True)
            for step in STEPS:
                if step in self.given.only.split(","):
                    getattr(self, step)()

    @contextlib.contextmanager
    def _idle(self, name: str, with_ledger: bool):
        """An instance that runs no script; returns its process, its port, and the seconds until it answered."""
        setting = self._setting(name)
        (setting.folder / "data").mkdir()
        if with_ledger:
            self._copy(setting)
        child, port = HARVESTER.start(setting, {"HARVEST_SCRIPTS": str(seeds.SCRIPTS), "HARVEST_AUTOSTART": "0"})
        with child:
            child.wait_until(lambda: is_up(port), 120, 0.01)
            yield child, port, time.time() - child.started
            HARVESTER.end(child)
        self._clear(setting)

    def _copy(self, setting: Setting) -> None:
        shutil.copyfile(self.ledger, setting.folder / "data/ledger.db")
        os.sync()

    def start(self) -> None:
        seconds = {True: [], False: []}
        for number in range(self.given.rounds):
            for with_ledger in (True, False):
                with self._idle(f"start-{number}-{'full' if with_ledger else 'empty'}", with_ledger) as (_, _, took):
                    seconds[with_ledger].append(took)
        full, empty = (statistics.median(seconds[each]) for each in (True, False))
        tell(f"start to the first answer: {full:.1f} s, {empty:.1f} s with an empty ledger", START_AIM, full <= START_AIM, "at most")

    def rate(self) -> None:
        rates, latencies = [], []
        self._harvest("warm-up", 0)
        for number in range(self.given.rounds):
            for kind in ("full", "empty")[:: -1 if number % 2 else 1]:
                if kind == "full":
                    full = self._harvest(status.ASKED, number + 1)
                    latencies += full.answers[0].seconds[self.given.settle * self.given.per_second :]
                else:
                    empty = self._harvest_empty(number)
            rates.append(full.rate / empty[0])
            print(
                f"round {number + 1}: {full.rate:.0f} documents/s, {full.cpu_ms:.2f} ms CPU a document, peak {full.peak_mib:.0f} MiB;"
                f" with an empty ledger {empty[0]:.0f}, {empty[1]:.2f} ms, {empty[2]:.0f} MiB",
                flush=True,
            )
        ratio = statistics.median(rates)
        tell(f"documents/s, full / empty: {ratio:.2f}", RATE_AIM, ratio >= RATE_AIM, "at least")
        if latencies:
            p99 = 1000 * sorted(latencies)[int(len(latencies) * 0.99)]
            tell(f"status at full speed, p99 of {len(latencies)}: {p99:.1f} ms", STATUS_AIM, p99 <= STATUS_AIM, "at most")

    def _harvest_empty(self, number: int) -> tuple[float, float, float]:
        setting = self._setting(f"empty-{number}")
        pages = self.given.documents // PAGE_SIZE
        environment = {
            "HARVEST_SCRIPTS": str(seeds.SCRIPTS),
            "HARVEST_START_DELAY": str(self.given.start_delay),
            "HARVEST_PAGES": str(pages),
            "PORTAL_URL": self.small_portal + "/list/{page}.html",
        }
        child, _ = HARVESTER.start(setting, environment)
        with child:
            child.wait_until(lambda: manifests(setting.bucket) == pages, PATIENCE, 0.5)
            HARVESTER.end(child)
        first, last = self.small.verify(setting.bucket, range(1, self.given.documents + 1))
        self._clear(setting)
        documents = self.given.documents
        return (documents - 1) / (last - first), 1000 * child.cpu_seconds / documents, child.peak_mib

    def sweep(self) -> None:
        each = self.shares.pages // seeds.SCRIPTS
        scripts = range(1, min(self.given.sweep, seeds.SCRIPTS) + 1)
        with self._idle("sweep", True) as (child, port, _):
            api = Api(port)
            began = time.monotonic()
            for script in scripts:
                api.ask(f"/api/scripts/{script}/sweep", "POST")
            child.wait_until(lambda: all(api.script(script) == "completed" for script in scripts), PATIENCE, 0.2)
            seconds = time.monotonic() - began
        rows = len(scripts) * each * PAGE_SIZE
        rate = rows / seconds
        tell(f"sweep over {rows:,} rows, nearly all stored: {rate:,.0f} rows/s", SWEEP_AIM, rate >= SWEEP_AIM, "at least")

    def vacuum(self) -> None:
        copy = self.work / "copy.db"
        copy.unlink(missing_ok=True)
        began = time.monotonic()
        with contextlib.closing(sqlite3.connect(self.ledger)) as database:
            database.execute("VACUUM INTO ?", (str(copy),))
        print(f"VACUUM INTO: {time.monotonic() - began:.1f} s, {copy.stat().st_size / 2**20:,.0f} MiB", flush=True)
        copy.unlink()


def tell(what: str, aim: float, met: bool, how: str) -> None:
    print(f"{what}; aim: {how} {aim:g}, {'met' if met else 'missed'}", flush=True)


def main() -> int:
    given = options()
    print(report.machine(), flush=True)
    try:
        ScaleBench(given).run()
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
