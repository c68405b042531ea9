"""What the results say: a table, the ratios, the aims."""

import os
import platform
import statistics
import subprocess
import time
from pathlib import Path

HARVESTER, BASELINE, SDK, SCRAPY, BY_DISK = (
    "judgment-harvester",
    "earlier build",
    "bare SDK loop",
    "Scrapy FilesPipeline",
    "aria2c, then rclone",
)

SDK_AIM, SCRAPY_AIM, MEMORY_AIM_MIB = 1.0, 5.0, 300

HEAD = (
    "| contender | round | documents | to listening, s | first to last, s | **documents/s** | whole run, documents/s "
    "| peak RSS, MiB | CPU, ms a document | store's CPU, ms a document | load before |\n"
    "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n"
)


def line(result) -> str:
    """One run as a line for the terminal."""
    return (
        f"round {result.round}, {result.contender}: {result.documents} documents in {result.first_to_last:.1f} s, "
        f"{result.rate:.0f} documents/s, peak {result.peak_mib:.0f} MiB"
    )


def markdown(results: list, failures: list, mean_size: float, given) -> str:
    return "\n".join(
        [
            "# Benchmark\n",
            machine(),
            f"Documents of {mean_size / 1000:.1f} KB on average; portal.concurrency {given.concurrency}, "
            f"{given.sdk_threads} SDK threads, {given.scrapy_requests} Scrapy requests; JVM options `{given.jvm}`.\n",
            HEAD + "\n".join(_row(result) for result in results) + "\n",
            *_ratios(results),
            *_memory(results),
            *_start(results),
            *(f"- no figures: {failure}" for failure in failures),
            "",
        ]
    )


def _row(result) -> str:
    listening = "" if result.listening is None else f"{result.listening:.1f}"
    cells = [
        result.contender,
        result.round,
        result.documents,
        listening,
        f"{result.first_to_last:.1f}",
        f"**{result.rate:.0f}**",
        f"{result.whole_rate:.0f}",
        f"{result.peak_mib:.0f}",
        f"{1000 * result.cpu_seconds / result.documents:.2f}",
        f"{1000 * result.store_cpu_seconds / result.documents:.2f}",
        f"{result.load_before:.1f}",
    ]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _ratios(results: list):
    for other, aim in ((BASELINE, None), (SDK, SDK_AIM), (SCRAPY, SCRAPY_AIM), (BY_DISK, None)):
        pairs = _pairs(results, other)
        if pairs:
            median = statistics.median(ours.rate / theirs.rate for ours, theirs in pairs)
            rounds = ", ".join(f"{ours.rate / theirs.rate:.2f}" for ours, theirs in pairs)
            whole = statistics.median(ours.whole_rate / theirs.whole_rate for ours, theirs in pairs)
            verdict = "" if aim is None else f"; aim: at least {aim:g}, {_met(median >= aim)}"
            yield f"- {HARVESTER} / {other}: **{median:.2f}** (rounds: {rounds}; whole runs: {whole:.2f}){verdict}"
            yield f"- the same as CPU seconds a document, {other} / {HARVESTER}: {_cpu(pairs):.2f}"


def _cpu(pairs: list) -> float:
    return statistics.median(
        (theirs.cpu_seconds / theirs.documents) / (ours.cpu_seconds / ours.documents) for ours, theirs in pairs
    )


def _pairs(results: list, other: str) -> list:
    """The harvester and the other contender of the same round."""
    theirs = {result.round: result for result in results if result.contender == other}
    return [
        (result, theirs[result.round])
        for result in results
        if result.contender == HARVESTER and result.round in theirs
    ]


def _memory(results: list):
    peaks = [result.peak_mib for result in results if result.contender == HARVESTER]
    if peaks:
        yield f"- peak resident memory: **{max(peaks):.0f} MiB**; aim: at most {MEMORY_AIM_MIB}, {_met(max(peaks) <= MEMORY_AIM_MIB)}"


def _start(results: list):
    seconds = [result.listening for result in results if result.listening is not None]
    if seconds:
        yield f"- from start to listening: **{statistics.median(seconds):.1f} s**"


def _met(met: bool) -> str:
    return "met" if met else "missed"


def machine() -> str:
    """The machine and the date, as a sentence."""
    model = next(
        (row.split(":", 1)[1].strip() for row in _rows("/proc/cpuinfo") if row.startswith("model name")),
        platform.machine(),
    )
    memory = next(int(row.split()[1]) for row in _rows("/proc/meminfo") if row.startswith("MemTotal"))
    java = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True).stderr.splitlines()[0]
    return (
        f"{time.strftime('%Y-%m-%d')}; {len(os.sched_getaffinity(0))} CPUs ({model}), {memory / 2**20:.0f} GiB, "
        f"Linux {platform.release()}, {java}."
    )


def _rows(path: str) -> list[str]:
    return Path(path).read_text().splitlines()
