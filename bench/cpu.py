"""CPU a document when everything is warm: builds beside each other, or beside the bare loop. See gate.sh and cpu.sh."""

import argparse
import contextlib
import os
import re
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import contenders
import opendata
import report
import stage
from corpus import PAGE_SIZE, Corpus
from processes import Child, Failure
from stage import positive

HERE = Path(__file__).resolve().parent
PARTS = 17
EVERY = 0.05
TOLERANCE = 1.10


@dataclass(frozen=True)
class Figures:
    cpu_ms: float
    peak_mib: float
    rate: float

    def __str__(self) -> str:
        return f"{self.cpu_ms:5.3f} ms CPU a document, peak {self.peak_mib:4.0f} MiB, {self.rate:4.0f} documents/s"


@dataclass(frozen=True)
class Mark:
    """How far a process is, and what it has used so far."""

    documents: int
    cpu: float
    at: float


def between(first: Mark, last: Mark, child: Child) -> Figures:
    documents = last.documents - first.documents
    return Figures(
        1000 * (last.cpu - first.cpu) / documents, child.peak_mib, documents / (last.at - first.at)
    )


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench/gate.sh or bench/cpu.sh",
        description="Compares the CPU a document of two contenders in alternating pairs, from one number of documents "
        "to another, so that start and compilers drop out.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--gate", action="store_true", help=argparse.SUPPRESS)
    add("--baseline", type=Path, help="the jar of an earlier build; without it, the bare loop")
    add("--road", choices=("links", "opendata"), action="append", help="what is compared  [both]")
    add("--pairs", type=positive, default=3, help="pairs of runs")
    add("--from", type=positive, default=20_000, dest="first", help="documents before the measuring begins")
    add("--to", type=positive, default=60_000, dest="last", help="documents in all")
    add("--jvm", default=stage.jvm_options(), help="options of the JVM")
    add("--baseline-jvm", help="options of the other contender's JVM  [those of --jvm]")
    add("--work", type=Path, default=stage.WORK.with_name("bench-cpu"), help="work folder")
    given = parser.parse_args()
    if given.gate and not given.baseline:
        parser.error("--baseline is missing; expected the jar of the last release")
    if given.baseline and not given.baseline.is_file():
        parser.error(f"--baseline: {given.baseline} is not a file; expected the jar of an earlier build")
    if given.first % PAGE_SIZE or given.last % PAGE_SIZE or given.first >= given.last:
        parser.error("--from and --to: expected whole pages of 100 documents, and more in --to")
    return given


class Road:
    """A source of documents, and how each contender processes it."""

    def __init__(self, given: argparse.Namespace, work: Path, jar: Path, stack: contextlib.ExitStack):
        self.given = given
        self.work = work
        self.jar = jar
        self.classes = work / "classes"
        self.objects = work / f"{self.name}-objects"
        self.endpoint, _ = stage.store(stack, work, jar, self.objects)
        self.runs = 0

    def run(self, jar: Path | None, jvm: str) -> Figures:
        """jar: of the harvester; None for the bare loop"""
        self.runs += 1
        shutil.rmtree(self.objects / "target", ignore_errors=True)
        os.sync()
        return self.run_loop(jvm) if jar is None else self.run_harvester(jar, jvm)

    def folder(self) -> Path:
        folder = self.work / f"{self.name}-{self.runs}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def measure(self, child: Child) -> Figures:
        """Follows the harvester by the manifests in the bucket."""
        folder = self.objects / "target/manifests"
        with child:
            first = self.reaches(child, folder, self.given.first)
            last = self.reaches(child, folder, self.given.last)
            child.stop()
        if child.exit_code != 0:
            raise Failure(f"{child.name} ended with {child.exit_code}; its output: {child.log}")
        return between(first, last, child)

    @staticmethod
    def reaches(child: Child, folder: Path, documents: int) -> Mark:
        found = 0

        def enough() -> bool:
            nonlocal found
            found = sum(name.startswith("page-") for name in os.listdir(folder)) if folder.exists() else 0
            return found * PAGE_SIZE >= documents

        child.wait_until(enough, contenders.PATIENCE, EVERY)
        return Mark(found * PAGE_SIZE, child.cpu_so_far(), os.times().elapsed)

    def follow(self, child: Child) -> Figures:
        """Follows the bare loop by its own output."""
        with child:
            child.wait(contenders.PATIENCE)
        marks = {
            int(documents): Mark(int(documents), float(cpu), float(at))
            for documents, cpu, at in re.findall(r"cpu (\d+) ([\d.]+) ([\d.]+)", child.log.read_text())
        }
        return between(marks[self.given.first], marks[self.given.last], child)


class Links(Road):
    name = "links"

    def __init__(self, given, work, jar, stack):
        super().__init__(given, work, jar, stack)
        corpus = Corpus(work / "portal", given.last)
        corpus.write()
        self.portal = stage.portal(stack, work, corpus)

    def setting(self, jar: Path, jvm: str) -> contenders.Setting:
        bucket = self.objects / "target"
        bucket.mkdir()
        pages = self.given.last // PAGE_SIZE
        chosen = SimpleNamespace(jvm=jvm, concurrency=8, sdk_threads=8)
        return contenders.Setting(
            chosen, jar, self.classes, pages, self.portal, self.endpoint, bucket, self.folder()
        )

    def run_harvester(self, jar: Path, jvm: str) -> Figures:
        child, _ = contenders.Harvester().start(self.setting(jar, jvm))
        return self.measure(child)

    def run_loop(self, jvm: str) -> Figures:
        return self.follow(contenders.SdkLoop().start(self.setting(self.jar, jvm)))


class OpenData(Road):
    name = "opendata"

    def __init__(self, given, work, jar, stack):
        super().__init__(given, work, jar, stack)
        self.each = -(-given.last // PARTS // PAGE_SIZE) * PAGE_SIZE
        opendata.make_source(self.objects / "open-data", PARTS, self.each)

    def run_harvester(self, jar: Path, jvm: str) -> Figures:
        return self.measure(opendata.start_harvester(jar, jvm, self.endpoint, self.folder()))

    def run_loop(self, jvm: str) -> Figures:
        (self.objects / "target").mkdir(exist_ok=True)
        return self.follow(
            opendata.start_loop("stream", self.jar, self.classes, jvm, self.endpoint, self.folder(), PARTS)
        )


ROADS = (Links, OpenData)


def compare(road: Road, given: argparse.Namespace) -> list[str]:
    """Returns what exceeds its limit."""
    other = "earlier build" if given.baseline else "bare loop"
    pairs = []
    for number in range(given.pairs):
        both = [
            ("this build", road.jar, given.jvm),
            (other, given.baseline, given.baseline_jvm or given.jvm),
        ]
        found = {}
        for name, jar, jvm in both[:: -1 if number % 2 else 1]:
            found[name] = road.run(jar, jvm)
            print(f"{road.name}, pair {number + 1}, {name + ':':14} {found[name]}", flush=True)
        pairs.append((found["this build"], found[other]))
    losses = []
    for what, value in (("CPU a document", lambda each: each.cpu_ms), ("peak memory", lambda each: each.peak_mib)):
        ratios = [value(ours) / value(theirs) for ours, theirs in pairs]
        median = statistics.median(ratios)
        print(
            f"{road.name}, {what}, this build / {other}: {median:.2f} (pairs: {', '.join(f'{r:.2f}' for r in ratios)})",
            flush=True,
        )
        if median > TOLERANCE:
            losses.append(f"{road.name}: {what} is {median:.2f} of the {other}'s; at most {TOLERANCE:.2f} is allowed")
    return losses


def main() -> int:
    given = options()
    losses = []
    try:
        jar = stage.prepare(given.work)
        classes = given.work / "classes"
        classes.mkdir()
        sources = [HERE / f"{name}.java" for name in ("SdkLoop", "TarLoop", "CpuMark")]
        subprocess.run(["javac", "-cp", jar, "-proc:none", "-d", classes, *sources], check=True)
        print(report.machine(), flush=True)
        for kind in ROADS:
            if kind.name in (given.road or [kind.name]):
                with contextlib.ExitStack() as stack:
                    road = kind(given, given.work, jar, stack)
                    losses += compare(road, given)
                shutil.rmtree(road.objects)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 2
    if given.gate:
        print("\n".join(losses) if losses else "passed: nothing is lost")
    return 1 if given.gate and losses else 0


if __name__ == "__main__":
    sys.exit(main())
