"""Measures what an instance uses over very many documents; see longrun.sh."""

import contextlib
import dataclasses
import json
import random
import sys
import time
import types
import urllib.request
from pathlib import Path

import contenders
import opendata
import stage
from corpus import FILES, PAGE_SIZE, Corpus, pdf
from processes import Child, Failure, free_port

STEP = 20_000
BYTES = 2_000
PATIENCE = 6 * 3600


@dataclasses.dataclass(frozen=True)
class Sample:
    """What the process had used at a point in time."""

    documents: int
    seconds: float
    cpu: float
    rss_mib: float
    files: int
    threads: int
    ledger_mib: float

    @staticmethod
    def take(child: Child, documents: int, data: Path) -> "Sample":
        process = Path(f"/proc/{child.pid}")
        status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
        ledger = sum(path.stat().st_size for path in data.glob("ledger.db*"))
        return Sample(
            documents,
            time.monotonic(),
            child.cpu_so_far(),
            int(status["VmRSS"].split()[0]) / 1024,
            len(list((process / "fd").iterdir())),
            int(status["Threads"]),
            ledger / 2**20,
        )

    def line(self, before: "Sample") -> str:
        more = self.documents - before.documents
        return (
            f"| {self.documents:,} | {more / (self.seconds - before.seconds):.0f}"
            f" | {(self.cpu - before.cpu) / more * 1000:.2f} | {self.rss_mib:.0f}"
            f" | {self.files} | {self.threads} | {self.ledger_mib:.1f} |"
        )


def links(stack: contextlib.ExitStack, work: Path, jar: Path, documents: int) -> tuple[Child, int]:
    small = work / "small"
    small.mkdir()
    chance = random.Random(1)
    for number in range(FILES):
        (small / f"{number:03}.pdf").write_bytes(pdf(chance, chance.randint(BYTES // 2, BYTES)))
    corpus = Corpus(work / "portal", documents, small)
    corpus.write()
    portal = stage.portal(stack, work, corpus)
    store, _ = stage.store(stack, work, jar, work / "objects")
    (work / "objects/target").mkdir()
    options = types.SimpleNamespace(jvm=stage.jvm_options(), concurrency=8)
    pages = documents // PAGE_SIZE
    bucket, folder = work / "objects/target", work / "harvest"
    setting = contenders.Setting(options, jar, work, pages, portal, store, bucket, folder)
    return contenders.Harvester().start(setting)


def open_data(stack: contextlib.ExitStack, work: Path, jar: Path, documents: int) -> tuple[Child, int]:
    store, _ = stage.store(stack, work, jar, work / "objects")
    opendata.make_source(work / "objects/open-data", contenders.SCRIPTS, documents // contenders.SCRIPTS, BYTES)
    api = free_port()
    return opendata.start_harvester(jar, stage.jvm_options(), store, work / "harvest", api), api


def status(api: int) -> dict:
    with urllib.request.urlopen(f"http://127.0.0.1:{api}/api/status", timeout=30) as answer:
        return json.load(answer)["data"]


def has_stored(api: int) -> bool:
    try:
        return status(api)["total_files_downloaded"] > 0
    except OSError:  # the API has not begun
        return False


def watch(child: Child, api: int, data: Path) -> list[Sample]:
    """Samples every 20,000 documents, and one at the end."""
    child.wait_until(lambda: has_stored(api), PATIENCE, 0.1)
    samples = [Sample.take(child, status(api)["total_files_downloaded"], data)]
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        now = status(api)
        stored, done = now["total_files_downloaded"], now["completed_scripts"] == now["total_scripts"]
        if stored - samples[-1].documents >= STEP or done:
            samples.append(Sample.take(child, stored, data))
            if stored > samples[-2].documents:
                print(samples[-1].line(samples[-2]), flush=True)
        if done:
            return samples
        time.sleep(0.2)
    raise Failure("the harvest did not end")


def speed(before: Sample, after: Sample) -> float:
    return (after.documents - before.documents) / (after.seconds - before.seconds)


def result(kind: str, samples: list[Sample], peak_mib: float) -> str:
    """One row for docs/reliability.md, from the first and the last whole steps."""
    first, last = samples[1], samples[-1]
    before = next(each for each in reversed(samples) if last.documents - each.documents >= STEP)
    begin, end = speed(samples[0], first), speed(before, last)
    return (
        f"| {kind} | {last.documents:,} | {last.seconds - samples[0].seconds:.0f} s | {begin:.0f} | {end:.0f} ({end / begin:.0%})"
        f" | {first.rss_mib:.0f}, {last.rss_mib:.0f}; {peak_mib:.0f} | {first.files}, {last.files} | {first.threads}, {last.threads}"
        f" | {last.ledger_mib:.1f} |"
    )


def run(kind: str, documents: int) -> str:
    work = stage.WORK.parent / f"bench-long-{kind}"
    jar = stage.prepare(work)
    print(f"\n{kind}\n| documents | documents/s | CPU, ms a document | RSS, MiB | files | threads | ledger, MiB |\n|---|---|---|---|---|---|---|", flush=True)
    with contextlib.ExitStack() as stack:
        child, api = (links if kind == "links" else open_data)(stack, work, jar, documents)
        with child:
            samples = watch(child, api, work / "harvest/data")
        if child.exit_code != 0:
            raise Failure(f"ended with {child.exit_code}; its output: {child.log}")
    return result(kind, samples, child.peak_mib)


def main() -> None:
    words = sys.argv[1:]
    kinds = words[:1] or ["links", "opendata"]
    documents = (words[1:] or ["300000"])[0]
    if len(words) > 2 or not {*kinds} <= {"links", "opendata"} or not documents.isdecimal() or int(documents) < 2 * STEP:
        sys.exit(f"longrun.sh: expected links or opendata, and a number of documents, at least {2 * STEP}")
    results = [run(kind, int(documents) // PAGE_SIZE * PAGE_SIZE) for kind in kinds]
    print(
        "\n| portal | documents | time | first 20,000, documents/s | last 20,000 | RSS, MiB, at 20,000, at the end; peak"
        " | files | threads | ledger, MiB |\n|---|---|---|---|---|---|---|---|---|"
    )
    print("\n".join(results))


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(str(failure))
