"""Measures how tars of a source bucket get into another bucket; see opendata.sh."""

import contextlib
import gzip
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import stage
from contenders import CREDENTIALS, SCRIPTS
from processes import Child, free_port

PARTITION = "year=2023/court=27_1/bench=newas"
BYTES = 77_000
PAGE_SIZE = 100
PATIENCE = 3600


def html(name: str) -> str:
    return (
        f"<button onclick=\"javascript:open_pdf('0','','court/cnrorders/x/orders/{name}.pdf#page=1')\">A v B of {name}</button>"
        "<br><strong>Judge : A B</strong><strong class='caseDetailsTD'><span>CNR :</span><font> HCBM010000012023</font>"
        "<span> | Date of registration :</span><font> 01-02-2022</font><span> | Decision Date :</span><font> 02-01-2023</font></strong>"
    )


def add(tar, name: str, content: bytes) -> None:
    """Writes a member of a tar, because tarfile spends more on its header than on everything else."""
    before = name.encode().ljust(100, b"\0") + b"0000644\0" + 2 * b"0000000\0" + b"%011o\0%011o\0" % (len(content), 0)
    after = b"0".ljust(101, b"\0") + b"ustar\00000".ljust(255, b"\0")
    checksum = sum(before) + 8 * 32 + sum(after)
    tar.write(before + b"%06o\0 " % checksum + after)
    tar.write(content)
    tar.write(bytes(-len(content) % 512))


END = bytes(1024)


def make_source(bucket: Path, parts: int, documents: int, size: int = BYTES) -> None:
    """A partition with tars, index and metadata, as files of the store's folder."""
    tars, metadata = bucket / "data/tar" / PARTITION, bucket / "metadata/tar" / PARTITION
    tars.mkdir(parents=True)
    metadata.mkdir(parents=True)
    filling = random.Random(1).randbytes(size)
    index = []
    with gzip.open(metadata / "part-1.tar.gz", "wb", 1) as rows:
        for part in range(parts):
            names = [f"HCBM01{part:03}{number:05}2023_1_2023-01-02" for number in range(documents)]
            with open(tars / f"part-{part:03}.tar", "wb") as tar:
                for name in names:
                    add(tar, name + ".pdf", b"%PDF-1.4\n" + name.encode() + filling + b"\n%%EOF\n")
                    fields = {"pdf_link": f"court/cnrorders/x/orders/{name}.pdf", "raw_html": html(name)}
                    add(rows, name + ".json", json.dumps(fields).encode())
                tar.write(END)
            index.append({"name": f"part-{part:03}.tar", "files": [name + ".pdf" for name in names]})
        rows.write(END)
    (tars / "data.index.json").write_text(json.dumps({"parts": index}))


def objects(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file()) if folder.exists() else 0


def start_harvester(jar: Path, jvm: str, store: str, folder: Path, api: int | None = None, more: dict | None = None) -> Child:
    environment = CREDENTIALS | {
        "PORTAL_TYPE": "opendata",
        "SOURCE_ENDPOINT": store,
        "SOURCE_BUCKET": "open-data",
        "SOURCE_ANONYMOUS": "false",
        "SOURCE_AWS_ACCESS_KEY_ID": CREDENTIALS["AWS_ACCESS_KEY_ID"],
        "SOURCE_AWS_SECRET_ACCESS_KEY": CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        "S3_ENDPOINT": store,
        "S3_BUCKET": "target",
        "S3_CREATE_BUCKET": "true",
        "HARVEST_INSTANCES": "1",
        "HARVEST_SCRIPTS": str(SCRIPTS),
        "HARVEST_AUTOSTART": "all",
        "HARVEST_START_DELAY": "0",
        "API_PORT": str(api or free_port()),
        "MANAGEMENT_PORT": str(free_port()),
    }
    command = ["java", *jvm.split(), "-jar", jar, "run"]
    return Child("harvester", command, folder / "out.log", folder, environment | (more or {}))


def harvester(jar: Path, store: str, buckets: Path, folder: Path, pages: int) -> tuple[float, Child]:
    documents, manifests = buckets / "target/judgments", buckets / "target/manifests"
    with start_harvester(jar, stage.jvm_options(), store, folder) as child:
        child.wait_until(documents.exists, 120, 0.02)
        began = time.monotonic()
        child.wait_until(lambda: len(list(manifests.glob("page-*"))) >= pages, PATIENCE, 0.1)
        seconds = time.monotonic() - began
    return seconds, child


def start_loop(mode: str, jar: Path, classes: Path, jvm: str, store: str, folder: Path, parts: int) -> Child:
    command = ["java", *jvm.split(), "-cp", f"{jar}:{classes}", "TarLoop", mode, store, PARTITION, str(parts)]
    return Child(mode, command, folder / "out.log", folder, CREDENTIALS)


def loop(mode: str, jar: Path, classes: Path, store: str, folder: Path, parts: int) -> tuple[float, Child]:
    with start_loop(mode, jar, classes, stage.jvm_options(), store, folder, parts) as child:
        child.wait(PATIENCE)
    seconds = float(re.search(r"([\d.]+) s$", (folder / "out.log").read_text(), re.MULTILINE).group(1))
    return seconds, child


def main() -> None:
    words = sys.argv[1:] + ["3", "17", "600"][len(sys.argv) - 1 :]
    if len(words) != 3 or not all(word.isdecimal() and int(word) > 0 for word in words):
        sys.exit("opendata.sh: expected at most three numbers: rounds, parts, documents in each part")
    rounds, parts, documents = map(int, words)
    work = stage.WORK.parent / "bench-opendata"
    jar = stage.prepare(work)
    classes = work / "classes"
    sources = [Path(__file__).parent / f"{name}.java" for name in ("TarLoop", "CpuMark")]
    subprocess.run(["javac", "-cp", jar, "-d", classes, *sources], check=True)
    total, pages = parts * documents, parts * -(-documents // PAGE_SIZE)
    results: dict[str, list[float]] = {}
    with contextlib.ExitStack() as stack:
        buckets = work / "objects"
        store, _ = stage.store(stack, work, jar, buckets)
        make_source(buckets / "open-data", parts, documents)
        for number in range(rounds):
            for name in ("ours", "stream", "disk")[number % 3 :] + ("ours", "stream", "disk")[: number % 3]:
                shutil.rmtree(buckets / "target", ignore_errors=True)
                folder = work / f"{name}-{number}"
                if name == "ours":
                    seconds, child = harvester(jar, store, buckets, folder, pages)
                else:
                    (buckets / "target").mkdir()
                    seconds, child = loop(name, jar, classes, store, folder, parts)
                stored = objects(buckets / "target/judgments")
                if stored != total:
                    sys.exit(f"{name} has stored {stored} of {total} documents")
                results.setdefault(name, []).append(total / seconds)
                print(
                    f"round {number + 1}  {name:6}  {total / seconds:6.0f} documents/s"
                    f"  {child.cpu_seconds / total * 1000:5.2f} ms CPU/document  peak {child.peak_mib:4.0f} MiB",
                    flush=True,
                )
    median = {name: statistics.median(rates) for name, rates in results.items()}
    print(f"ours / stream {median['ours'] / median['stream']:.2f}, ours / disk {median['ours'] / median['disk']:.2f}")


if __name__ == "__main__":
    main()
