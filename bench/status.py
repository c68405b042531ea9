"""The benchmark of GET /api/status beside a harvest. Started by status.sh."""

import argparse
import concurrent.futures
import contextlib
import dataclasses
import math
import os
import shutil
import signal
import statistics
import sys
import threading
import time
from pathlib import Path

import report
import seeds
import stage
from contenders import PATIENCE, Harvester, Setting, manifests
from corpus import PAGE_SIZE, Corpus
from processes import Failure, listens
from questions import Answers, Api, Stop, ask_for_status, is_up, stop_all
from stage import positive

ALONE, ASKED = "harvest alone", "with queries"

HARVESTER = Harvester()


@dataclasses.dataclass(frozen=True)
class Result:
    """One harvest."""

    kind: str
    round: int
    rate: float  # documents a second, from the first stored to the last
    cpu_ms: float  # of the harvester, a document
    peak_mib: float
    load_before: float
    answers: list[Answers]


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench/status.sh",
        description="Measures GET /api/status of an instance with a big ledger while it harvests at full speed, "
        "and what the queries cost the harvest.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--ledger-documents", type=positive, default=4_000_000, help="documents that the ledger holds already")
    add("--documents", type=positive, default=20_000, help="documents to harvest, whole pages of 100")
    add("--rounds", type=positive, default=2, help="rounds; in each a harvest alone and one with queries")
    add("--per-second", type=positive, default=10, help="queries per second of each client")
    add("--clients", type=positive, default=1, help="clients that ask, each over a connection of its own")
    add("--settle", type=positive, default=15, help="seconds after the first query that are reported separately")
    add("--start-delay", type=float, default=0.25, help="seconds between the starts of two scripts; 0: all at once")
    add("--stop", action="store_true", help="measures POST /api/scripts/stop-all as well, in a run of its own")
    add("--concurrency", type=positive, default=8, help="portal.concurrency of the harvester")
    add("--jvm", default=stage.jvm_options(), help="options of the harvester's JVM")
    add("--work", type=Path, default=stage.WORK, help="work folder; the ledger and the result stay in it")
    given = parser.parse_args()
    if given.documents % PAGE_SIZE:
        parser.error(f"--documents: {given.documents}; expected whole pages of {PAGE_SIZE}")
    return given


class StatusBench:
    def __init__(self, given: argparse.Namespace):
        self.given = given
        self.work = given.work.resolve()
        self.shares = seeds.Shares(given.ledger_documents, given.documents)
        self.stored = self.shares.pages * PAGE_SIZE - given.documents
        self.corpus = Corpus(self.work / "portal", self.shares.pages * PAGE_SIZE, pages=self.shares.open)
        self.ledger = self.work / f"ledger-{given.ledger_documents}-{given.documents}.db"
        self.objects = self.work / "store"

    def run(self) -> tuple[list[Result], Stop | None, list[Failure]]:
        """Returns the results, and the reasons for those that are missing."""
        self.jar = stage.prepare(self.work)
        self.corpus.write()
        results, stop, failures = [], None, []
        with contextlib.ExitStack() as stack:
            self.portal = stage.portal(stack, self.work, self.corpus)
            self.endpoint, _ = stage.store(stack, self.work, self.jar, self.objects)
            if not self.ledger.exists():
                self._make_ledger()
            self._harvest("warm-up", 0)  # unmeasured: who comes first shall not pay for a cold store
            for number in range(1, self.given.rounds + 1):
                # back and forth, so that drift of the machine affects both alike
                for kind in (ALONE, ASKED) if number % 2 else (ASKED, ALONE):
                    try:
                        results.append(self._harvest(kind, number))
                        print(f"round {number}, {kind}: {results[-1].rate:.0f} documents/s", flush=True)
                    except Failure as failure:
                        failures.append(failure)
                        print(f"round {number}, {kind}: {failure}", file=sys.stderr, flush=True)
            if self.given.stop:
                try:
                    stop = self._stop()
                except Failure as failure:
                    failures.append(failure)
        return results, stop, failures

    def _make_ledger(self) -> None:
        """The program creates the schema; the content comes from here."""
        begin = time.monotonic()
        setting = self._setting("schema")
        child, api = HARVESTER.start(setting, {"HARVEST_AUTOSTART": "0"})
        with child:
            child.wait_until(lambda: listens(api), 120, 0.02)
            HARVESTER.end(child)
        made = setting.folder / "data" / "ledger.db"
        seeds.seed(made, self.shares.done())
        made.rename(self.ledger)
        self._clear(setting)
        seconds, size = time.monotonic() - begin, self.ledger.stat().st_size / 2**20
        print(f"ledger of {self.stored} documents made in {seconds:.0f} s, {size:.0f} MiB", flush=True)

    def _setting(self, name: str) -> Setting:
        """A new bucket and a new folder."""
        bucket = self.objects / name
        bucket.mkdir()
        folder = self.work / name
        folder.mkdir()
        return Setting(
            self.given, self.jar, self.work, self.shares.pages, self.portal, self.endpoint, bucket, folder
        )

    def _clear(self, setting: Setting) -> None:
        """Leaves the log alone."""
        shutil.rmtree(setting.bucket)
        shutil.rmtree(setting.folder / "data")

    @contextlib.contextmanager
    def _running(self, setting: Setting):
        """A harvester of which every script with open pages runs, and the port of its API."""
        data = setting.folder / "data"
        data.mkdir()
        shutil.copyfile(self.ledger, data / "ledger.db")
        os.sync()
        delay = str(self.given.start_delay)
        child, port = HARVESTER.start(setting, {"HARVEST_SCRIPTS": str(seeds.SCRIPTS), "HARVEST_START_DELAY": delay})
        with child:
            child.wait_until(lambda: is_up(port), 120, 0.05)
            api = Api(port)
            child.wait_until(lambda: self._all_run(api), 120, 0.05)
            yield child, port

    @staticmethod
    def _all_run(api: Api) -> bool:
        return not any(script["status"] in ("not_started", "stopped", "starting") for script in api.status()["scripts"])

    def _harvest(self, kind: str, number: int) -> Result:
        setting = self._setting(f"{kind.replace(' ', '-')}-{number}")
        load = os.getloadavg()[0]
        with self._running(setting) as (child, port):
            with self._questions(port, self.given.clients if kind == ASKED else 0) as asked:
                pages = len(self.shares.open)
                child.wait_until(lambda: manifests(setting.bucket) == pages, PATIENCE, 0.5)
            HARVESTER.end(child)
        first, last = self.corpus.verify(setting.bucket, seeds.numbers(self.shares.open))
        self._clear(setting)
        documents = self.given.documents
        return Result(
            kind,
            number,
            (documents - 1) / (last - first),
            1000 * child.cpu_seconds / documents,
            child.peak_mib,
            load,
            [each.result() for each in asked],
        )

    @contextlib.contextmanager
    def _questions(self, port: int, clients: int):
        """Clients that query until this ends, evenly spaced; yields their results as futures."""
        over = threading.Event()
        every = 1 / self.given.per_second
        begin = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(max(1, clients)) as pool:
            try:
                yield [
                    pool.submit(ask_for_status, port, begin + every * n / clients, every, over, self.stored)
                    for n in range(clients)
                ]
            finally:
                over.set()

    def _stop(self) -> Stop:
        """Stops all scripts when a quarter is done; everything counted by then must be in the bucket."""
        setting = self._setting("stop")
        quarter = self.stored + self.given.documents // 4
        with self._running(setting) as (child, port):
            api = Api(port)
            child.wait_until(lambda: api.status()["total_files_downloaded"] >= quarter, PATIENCE, 0.1)
            stop = stop_all(port)
            counted = api.status()["total_files_downloaded"] - self.stored
            HARVESTER.end(child)
        objects = len(os.listdir(setting.bucket / "judgments" / "doc"))
        self._clear(setting)
        if objects != counted:
            raise Failure(f"stop: {objects} objects in the bucket, {counted} counted")
        return stop


def markdown(results: list[Result], stop: Stop | None, failures: list[Failure], bench: StatusBench) -> str:
    given = bench.given
    return "\n".join(
        [
            "# GET /api/status during a harvest\n",
            report.machine(),
            f"A ledger of {bench.stored} documents, {given.documents} to harvest, {seeds.SCRIPTS} scripts, "
            f"started {given.start_delay:g} s apart; "
            f"{given.clients} × {given.per_second} queries per second; "
            f"portal.concurrency {given.concurrency}; JVM options `{given.jvm}`.\n",
            "| run | round | **documents/s** | CPU, ms a document | peak RSS, MiB | load before |",
            "| --- | --: | --: | --: | --: | --: |",
            *(_row(result) for result in results),
            "",
            *_latencies(results, given),
            *_ratio(results),
            *(_stop_line(stop) if stop else ()),
            *(f"- no figures: {failure}" for failure in failures),
            "",
        ]
    )


def _row(result: Result) -> str:
    return (
        f"| {result.kind} | {result.round} | **{result.rate:.0f}** | {result.cpu_ms:.2f} "
        f"| {result.peak_mib:.0f} | {result.load_before:.1f} |"
    )


def _latencies(results: list[Result], given: argparse.Namespace):
    """Treats the start separately, because the JVM is still cold then."""
    answers = [answers for result in results for answers in result.answers]
    start = given.settle * given.per_second
    yield from _latency("at full speed", [s for each in answers for s in each.seconds[start:]])
    yield from _latency(f"in the first {given.settle} s", [s for each in answers for s in each.seconds[:start]])
    sizes = [size for each in answers for size in each.sizes]
    if sizes:
        yield f"- size of an answer: {statistics.median(sizes):.0f} bytes, {max(sizes)} at most"


def _latency(when: str, seconds: list[float]):
    if seconds:
        ms = sorted(1000 * each for each in seconds)
        p50, p90, p99 = (ms[math.ceil(len(ms) * share) - 1] for share in (0.5, 0.9, 0.99))
        yield (
            f"- {when}, {len(ms)} answers: p50 **{p50:.1f} ms**, p90 {p90:.1f} ms, "
            f"p99 **{p99:.1f} ms**, max {ms[-1]:.1f} ms"
        )


def _ratio(results: list[Result]):
    alone, asked = ({each.round: each for each in results if each.kind == kind} for kind in (ALONE, ASKED))
    ratios = [asked[number].rate / alone[number].rate for number in sorted(alone.keys() & asked.keys())]
    if ratios:
        rounds = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        yield f"- documents/s, {ASKED} / {ALONE}: **{statistics.median(ratios):.2f}** (rounds: {rounds})"


def _stop_line(stop: Stop):
    seconds = [f"{s:.2f} s" for s in (stop.stopped[0], statistics.median(stop.stopped), stop.stopped[-1])]
    yield (
        f"- stop-all: answered in {1000 * stop.answer:.1f} ms; from then to the first script stopped {seconds[0]}, "
        f"median {seconds[1]}, last **{seconds[2]}** ({len(stop.stopped)} scripts; {stop.completed} had completed; "
        f"looks at a script were at most {1000 * stop.longest_look:.0f} ms apart)"
    )


def main() -> int:
    given = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    bench = StatusBench(given)
    try:
        results, stop, failures = bench.run()
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    text = markdown(results, stop, failures, bench)
    (bench.work / "status.md").write_text(text)
    print("\n" + text)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
