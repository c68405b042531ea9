"""The benchmark: rounds of contenders between one portal and one store. Started by run.sh."""

import argparse
import contextlib
import dataclasses
import math
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import contenders
import report
import stage
from corpus import PAGE_SIZE, Corpus
from processes import Child, Failure
from stage import positive

# Documents that the store gets before anything is measured.
WARM_UP = 5_000


@dataclasses.dataclass(frozen=True)
class Result:
    """One run of one contender."""

    contender: str
    round: int
    documents: int
    listening: float | None
    first_to_last: float
    whole: float
    peak_mib: float
    cpu_seconds: float
    store_cpu_seconds: float
    load_before: float

    @property
    def rate(self) -> float:
        """Documents a second, from the first stored to the last."""
        return (self.documents - 1) / self.first_to_last

    @property
    def whole_rate(self) -> float:
        """Documents a second, start of the process included."""
        return self.documents / self.whole


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench/run.sh",
        description="Measures judgment-harvester next to a bare AWS SDK loop and Scrapy's FilesPipeline. "
        "Portal (nginx), store (S3Proxy) and all contenders run on this machine.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--documents", type=positive, default=20_000, help="documents for the harvester and the SDK loop")
    add("--scrapy-documents", type=positive, default=3_000, help="documents for Scrapy and aria2c, whole pages of 100")
    add("--rounds", type=positive, default=2, help="rounds; every contender runs once in each")
    add("--only", default="harvester,sdk,scrapy", help="contenders to run; aria2 is one more")
    add("--baseline", type=Path, help="jar of an earlier build, which then runs as one more contender")
    add("--concurrency", type=positive, default=8, help="portal.concurrency of the harvester")
    add("--sdk-threads", type=positive, default=8, help="threads of the SDK loop")
    add("--scrapy-requests", type=positive, default=16, help="CONCURRENT_REQUESTS of Scrapy")
    add("--jvm", default=stage.jvm_options(), help="options of the harvester's JVM and the SDK loop's")
    add("--pdfs", type=Path, help="a folder of real PDFs to serve in place of generated ones")
    add("--work", type=Path, default=stage.WORK, help="work folder; the result stays in it")
    given = parser.parse_args()
    if given.baseline and not given.baseline.is_file():
        parser.error(f"--baseline: {given.baseline} is not a file; expected the jar of an earlier build")
    known = {contender.name for contender in contenders.ALL if contender.name != "baseline"}
    if not set(given.only.split(",")) <= known:
        parser.error(f"--only: {given.only}; expected some of {','.join(sorted(known))}")
    if given.scrapy_documents < 100 or given.documents < 100:
        parser.error("--documents and --scrapy-documents: expected at least 100, one page")
    return given


@dataclasses.dataclass(frozen=True)
class Between:
    """The two servers that every contender uses."""

    portal: str
    endpoint: str
    store: Child


class Bench:
    def __init__(self, given: argparse.Namespace):
        self.given = given
        self.work = given.work.resolve()
        self.corpus = Corpus(self.work / "portal", given.documents, given.pdfs)
        self.classes = self.work / "classes"
        self.objects = self.work / "store"
        chosen = given.only.split(",") + (["baseline"] if given.baseline else [])
        self.contenders = [contender for contender in contenders.ALL if contender.name in chosen]

    def run(self) -> tuple[list[Result], list[Failure]]:
        """Returns the results, and the reasons for those that are missing."""
        self._prepare()
        results, failures = [], []
        with contextlib.ExitStack() as stack:
            portal = stage.portal(stack, self.work, self.corpus)
            between = Between(portal, *stage.store(stack, self.work, self.jar, self.objects))
            self._warm_up(between)
            for number in range(1, self.given.rounds + 1):
                # back and forth, so that drift of the machine affects all alike
                order = self.contenders if number % 2 else self.contenders[::-1]
                for contender in order:
                    try:
                        results.append(self._measure(contender, number, between))
                        print(report.line(results[-1]), flush=True)
                    except Failure as failure:
                        failures.append(failure)
                        print(f"round {number}, {failure}", file=sys.stderr, flush=True)
        return results, failures

    def _prepare(self) -> None:
        self.jar = stage.prepare(self.work)
        self.classes.mkdir()
        sources = [Path(__file__).with_name(f"{name}.java") for name in ("SdkLoop", "CpuMark")]
        subprocess.run(["javac", "-cp", self.jar, "-proc:none", "-d", self.classes, *sources], check=True)
        self.corpus.write()

    def _warm_up(self, between: Between) -> None:
        """Runs the SDK loop unmeasured, so that the first contender does not pay for a cold store."""
        documents = min(self.given.documents, WARM_UP)
        setting = self._setting("warm-up", documents, between)
        contenders.SdkLoop().run(setting)
        shutil.rmtree(setting.bucket)

    def _setting(self, name: str, documents: int, between: Between) -> contenders.Setting:
        bucket = self.objects / name
        bucket.mkdir()
        return contenders.Setting(
            self.given,
            self.jar,
            self.classes,
            math.ceil(documents / PAGE_SIZE),
            between.portal,
            between.endpoint,
            bucket,
            self.work / name,
        )

    def _measure(self, contender, number: int, between: Between) -> Result:
        documents = contender.documents(self.given)
        setting = self._setting(f"{contender.name}-{number}", documents, between)
        os.sync()
        load = os.getloadavg()[0]
        store_before = between.store.cpu_so_far()
        child, listening = contender.run(setting)
        store_after = between.store.cpu_so_far()
        first, last = self.corpus.verify(setting.bucket, range(1, documents + 1))
        shutil.rmtree(setting.bucket)
        return Result(
            contender.title,
            number,
            documents,
            listening,
            last - first,
            last - child.started,
            child.peak_mib,
            child.cpu_seconds,
            store_after - store_before,
            load,
        )


def main() -> int:
    given = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    bench = Bench(given)
    try:
        results, failures = bench.run()
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    text = report.markdown(results, failures, bench.corpus.mean_size(), given)
    (bench.work / "result.md").write_text(text)
    print("\n" + text)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
