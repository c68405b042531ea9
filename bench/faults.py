"""Injects faults into a running harvest from outside, and counts what they cost; see faults.sh."""

import argparse
import collections
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import opendata
import stage
from contenders import CREDENTIALS
from corpus import FILES, PAGE_SIZE, Corpus, pdf
from processes import Child, Failure, free_port, listens

SCRIPTS = 5
PATIENCE = 1800
LARGE = 150_000_000
SMALL = 20_000
FAKETIME = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)


class Site:
    """Portal, store and settings of one fault; each has its own."""

    def __init__(self, stack: contextlib.ExitStack, folder: Path, jar: Path, documents: int, large: bool = False):
        self.folder, self.jar, self.documents = folder, jar, documents
        self.data = folder / "run/data"
        folder.mkdir(parents=True)
        self.pages = -(-documents // PAGE_SIZE)
        self.store_at, self.store = stage.store(stack, folder, jar, folder / "objects")
        self.bucket = folder / "objects/target"
        self.bucket.mkdir()
        self.log = folder / "access.log"
        self.portal_at, self.portal = self._portal(stack, large)
        self.api = free_port()
        self.environment = CREDENTIALS | {
            "HARVEST_INSTANCES": "1",
            "HARVEST_SCRIPTS": str(SCRIPTS),
            "HARVEST_AUTOSTART": "all",
            "HARVEST_START_DELAY": "0",
            "HARVEST_PAGES": str(self.pages),
            "PORTAL_URL": self.portal_at + "/list/{page}.html",
            "PORTAL_TOTAL_SELECTOR": "#total",
            "PORTAL_RATE": "0",
            "S3_ENDPOINT": self.store_at,
            "S3_BUCKET": "target",
            "API_PORT": str(self.api),
            "MANAGEMENT_PORT": str(free_port()),
        }

    def _portal(self, stack: contextlib.ExitStack, large: bool) -> tuple[str, Child]:
        small = self.folder / "small"
        small.mkdir()
        chance = random.Random(1)
        for number in range(20):
            (small / f"{number:03}.pdf").write_bytes(pdf(chance, SMALL))
        corpus = Corpus(self.folder / "portal", self.documents, small)
        corpus.write()
        if large:
            for number in range(FILES):
                file = corpus.folder / f"files/{number:03}.pdf"
                file.unlink()
            body = corpus.folder / "files/000.pdf"
            body.write_bytes(b"%PDF-1.4\n" + b" " * (LARGE - 16) + b"\n%%EOF\n")
            for number in range(1, FILES):
                os.link(body, corpus.folder / f"files/{number:03}.pdf")
        port = free_port()
        configuration = corpus.write_nginx(port)
        text = configuration.read_text().replace("access_log off;", f"log_format f '$uri $status'; access_log {self.log} f;")
        configuration.write_text(text)
        command = ["nginx", "-p", corpus.folder, "-c", configuration, "-e", corpus.folder / "nginx.log"]
        nginx = stack.enter_context(Child("nginx", command, self.folder / "nginx.out", self.folder))
        nginx.wait_until(lambda: listens(port), 30, 0.02)
        return f"http://127.0.0.1:{port}", nginx

    def start(self, before: list = (), jvm: list = (), more: dict | None = None) -> Child:
        command = [*before, "java", *stage.jvm_options().split(), *jvm, "-jar", self.jar, "run"]
        return Child("harvester", command, self.folder / "run.log", self.folder / "run", self.environment | (more or {}))

    def manifests(self) -> int:
        return len(list(self.bucket.glob("manifests/page-*.jsonl")))

    def stored(self) -> int:
        return sum(1 for path in (self.bucket / "judgments").rglob("*.pdf"))

    def done(self) -> bool:
        return self.manifests() >= self.pages

    def fetched(self) -> collections.Counter:
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return collections.Counter(line.split()[0] for line in lines if line.startswith("/doc/") and line.endswith(" 200"))

    def finish(self, more: dict | None = None) -> float:
        """Runs until everything is stored; returns the seconds until the next document."""
        before, began = self.stored(), time.monotonic()
        with self.start(more=more) as child:
            child.wait_until(lambda: self.stored() > before or self.done(), PATIENCE, 0.05)
            seconds = time.monotonic() - began
            child.wait_until(self.done, PATIENCE, 0.2)
        return seconds

    def verdict(self) -> tuple[str, bool]:
        """How many documents are lost, how many requests exceeded one per document, and whether all is well."""
        command = ["java", *stage.jvm_options().split(), "-jar", self.jar, "audit", "--all", "--deep", "--json"]
        environment = {"PATH": os.environ["PATH"]} | self.environment
        told = subprocess.run(command, cwd=self.folder / "run", env=environment, capture_output=True, check=False)
        audit = json.loads(told.stdout)
        lost = self.documents - audit["stored"]
        extra = audit["findings"]["extra"]
        again = sum(self.fetched().values()) - self.documents
        spool = len(list((self.data / "spool").glob("*")))  # the folder of a full disk is gone
        clean = "clean" if audit["clean"] else f"NOT CLEAN {audit['findings']}"
        left = f", {spool} files left in the spool" if spool else ""
        return f"{self.documents:,} | {lost} | {extra} | {max(again, 0)} | {clean}{left}", audit["clean"] and not lost


def some(child: Child, site: Site, more: int) -> None:
    """Waits for some more documents."""
    before = site.stored()
    child.wait_until(lambda: site.stored() >= before + more or site.done(), PATIENCE, 0.02)


def kills(site: Site, options) -> str:
    chance, count = random.Random(options.seed), 0
    while count < options.kills and not site.done():
        with site.start() as child:
            some(child, site, chance.randint(0, max(1, site.documents // options.kills)))
            time.sleep(chance.random() / 2)
            os.kill(child.pid, signal.SIGKILL)
            count += 1
    return f"{count} times; goes on after {site.finish():.1f} s"


def first_second(site: Site, options) -> str:
    codes = []
    for tenth in range(11):
        child = site.start()
        time.sleep(tenth / 10)
        child.stop(35)
        codes.append(child.exit_code)
    return f"exit codes {codes}; goes on after {site.finish():.1f} s"


def hanging(name: str):
    def fault(site: Site, options) -> str:
        with site.start() as child:
            some(child, site, 200)
            other = getattr(site, name)
            os.kill(other.pid, signal.SIGSTOP)
            workers = [int(pid) for pid in Path(f"/proc/{other.pid}/task/{other.pid}/children").read_text().split()]
            for pid in workers:
                os.kill(pid, signal.SIGSTOP)
            time.sleep(5)
            began = time.monotonic()
            child.stop(60)
            seconds = time.monotonic() - began
            for pid in [other.pid, *workers]:
                os.kill(pid, signal.SIGCONT)
        return f"ended after {seconds:.1f} s with {child.exit_code}; goes on after {site.finish():.1f} s"

    return fault


def largest(folder: Path) -> int:
    """The size of the largest file in a folder whose files come and go."""
    sizes = [0]
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            with contextlib.suppress(OSError):
                sizes.append(file.stat().st_size)
    return max(sizes)


def large_upload(site: Site, options) -> str:
    with site.start() as child:
        child.wait_until(lambda: largest(site.data / "spool") >= LARGE or site.done(), PATIENCE, 0.002)
        os.kill(site.store.pid, signal.SIGSTOP)
        time.sleep(1)
        began = time.monotonic()
        child.stop(60)
        seconds = time.monotonic() - began
        os.kill(site.store.pid, signal.SIGCONT)
    return f"ended after {seconds:.1f} s with {child.exit_code}; goes on after {site.finish():.1f} s"


def frozen(site: Site, options) -> str:
    with site.start() as child:
        some(child, site, 200)
        os.kill(child.pid, signal.SIGSTOP)
        time.sleep(options.stopped)
        os.kill(child.pid, signal.SIGCONT)
        before, began = site.stored(), time.monotonic()
        child.wait_until(lambda: site.stored() > before or site.done(), PATIENCE, 0.02)
        seconds = time.monotonic() - began
        child.wait_until(site.done, PATIENCE, 0.2)
    return f"goes on after {seconds:.1f} s"


def full_disk(below: str, size: str):
    def fault(site: Site, options) -> str:
        disk = site.data / below
        disk.mkdir(parents=True, exist_ok=True)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", disk], check=False).returncode:
            return "not done: a disk cannot be mounted"
        try:
            with site.start() as child:
                some(child, site, 200)
                with contextlib.suppress(OSError), open(disk / "fill", "wb") as fill:
                    while True:
                        fill.write(bytes(1024))
                        fill.flush()
                time.sleep(10)
                alive = not child.is_over()
                (disk / "fill").unlink()
                before, began = site.stored(), time.monotonic()
                child.wait_until(lambda: site.stored() > before or site.done(), PATIENCE, 0.05)
                seconds = time.monotonic() - began
                child.wait_until(site.done, PATIENCE, 0.2)
            return f"alive {alive}; goes on after {seconds:.1f} s by itself"
        finally:
            subprocess.run(["umount", "-l", disk], check=False)

    return fault


def few_files(site: Site, options) -> str:
    child = site.start(before=["prlimit", "--nofile=64"])
    end = time.monotonic() + 60
    while not child.is_over() and not site.done() and time.monotonic() < end:
        time.sleep(0.2)
    stored = site.stored()
    child.stop(60)
    lines = [line for line in child.log.read_text().splitlines() if "many open files" in line]
    words = f", says \"{lines[0][:90]}\"" if lines else ""
    return f"{stored} stored with 64, ended with {child.exit_code}{words}; goes on after {site.finish():.1f} s"


def clock(site: Site, options) -> str:
    if FAKETIME is None:
        return "not done: libfaketime is missing"
    at = site.folder / "faketime"
    at.write_text("+0")
    more = {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(at),
        "FAKETIME_NO_CACHE": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }
    with site.start(more=more) as child:
        for shift in ("-600", "+600", "-10", "+86400", "-86400", "+0"):
            some(child, site, 100)
            at.write_text(shift)
            time.sleep(3)
        began = time.monotonic()
        child.wait_until(site.done, PATIENCE, 0.2)
    return f"10 min and a day back and forward; done {time.monotonic() - began:.1f} s after it was right again"


def wal_tail(site: Site, options) -> str:
    chance = random.Random(options.seed)
    for _ in range(3):
        kept = site.folder / "kept"
        with site.start() as child:
            some(child, site, max(150, site.documents // 6))
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(site.data, kept, ignore=shutil.ignore_patterns("spool", "logs", "backup"))
            os.kill(child.pid, signal.SIGKILL)
        for name in ("ledger.db", "ledger.db-wal", "ledger.db-shm"):
            (site.data / name).unlink(missing_ok=True)
        for file in kept.glob("ledger.db*"):
            if not file.name.endswith("-shm"):
                shutil.copyfile(file, site.data / file.name)
        wal = site.data / "ledger.db-wal"
        if wal.exists() and wal.stat().st_size:
            os.truncate(wal, chance.randrange(wal.stat().st_size))
    return f"3 times; goes on after {site.finish():.1f} s"


def little_heap(site: Site, options) -> str:
    with site.start(jvm=["-Xmx64m"]) as child:
        child.wait_until(site.done, PATIENCE, 0.2)
    return f"ended with {child.exit_code}, peak {child.peak_mib:.0f} MiB"


class Tars:
    """Open data behind an nginx that records how many bytes of each object were sent."""

    def __init__(self, stack: contextlib.ExitStack, folder: Path, jar: Path, documents: int):
        self.folder, self.jar, self.documents = folder, jar, documents
        folder.mkdir(parents=True)
        self.store_at, _ = stage.store(stack, folder, jar, folder / "objects")
        opendata.make_source(folder / "objects/open-data", SCRIPTS, documents // SCRIPTS, SMALL)
        self.log, port = folder / "access.log", free_port()
        configuration = folder / "nginx.conf"
        configuration.write_text(
            f"{'user root;' if os.getuid() == 0 else ''} daemon off; pid {folder}/nginx.pid; events {{}}\n"
            f"http {{ client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;"
            f" uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
            f"log_format f '$uri $body_bytes_sent'; access_log {self.log} f;\n"
            f"server {{ listen 127.0.0.1:{port} sndbuf=16k; location / {{ proxy_pass {self.store_at};"
            " proxy_set_header Host $http_host; proxy_http_version 1.1; proxy_buffering off; } } }\n"
        )
        nginx = stack.enter_context(Child("nginx", ["nginx", "-c", configuration, "-e", folder / "nginx.log"], folder / "nginx.out", folder))
        nginx.wait_until(lambda: listens(port), 30, 0.02)
        self.source_at = f"http://127.0.0.1:{port}"
        self.bucket = folder / "objects/target"
        self.pages = SCRIPTS * -(-(documents // SCRIPTS) // PAGE_SIZE)

    def start(self) -> Child:
        more = {"SOURCE_ENDPOINT": self.source_at, "S3_ENDPOINT": self.store_at, "HARVEST_SCRIPTS": str(SCRIPTS)}
        return opendata.start_harvester(self.jar, stage.jvm_options(), self.store_at, self.folder / "run", more=more)

    manifests, stored, done = Site.manifests, Site.stored, Site.done

    def read_again(self) -> tuple[int, int]:
        """How many bytes of tars were sent, and how many the tars have."""
        sent = sum(int(line.split()[1]) for line in self.log.read_text().splitlines() if line.split()[0].endswith(".tar"))
        return sent, sum(path.stat().st_size for path in (self.folder / "objects/open-data/data/tar").rglob("*.tar"))


def tars(options, stack: contextlib.ExitStack, folder: Path, jar: Path) -> int:
    """Prints its row; returns how many documents are lost."""
    site, chance, count = Tars(stack, folder, jar, options.documents // SCRIPTS * SCRIPTS), random.Random(options.seed), 0
    while count < options.kills and not site.done():
        with site.start() as child:
            some(child, site, chance.randint(1, max(1, site.documents // options.kills)))
            os.kill(child.pid, signal.SIGKILL)
            count += 1
    began, before = time.monotonic(), site.stored()
    with site.start() as child:
        child.wait_until(lambda: site.stored() > before or site.done(), PATIENCE, 0.02)
        seconds = time.monotonic() - began
        child.wait_until(site.done, PATIENCE, 0.2)
    sent, size = site.read_again()
    lost = site.documents - site.stored()
    page = PAGE_SIZE * SMALL
    print(
        f"| tar | {count} times kill -9 in the middle of tars; goes on after {seconds:.1f} s; of {size:,} bytes {sent - size:,} were"
        f" sent more than once: {(sent - size) / max(1, count * SCRIPTS) / page:.2f} pages a kill and script"
        f" | {site.documents:,} | {lost} | 0 | | |",
        flush=True,
    )
    return lost


FAULTS = {
    "kill": kills,
    "first-second": first_second,
    "store-hangs": hanging("store"),
    "portal-hangs": hanging("portal"),
    "large-upload": large_upload,
    "frozen": frozen,
    "disk": full_disk("", "24m"),
    "spool": full_disk("spool", "4m"),
    "logs": full_disk("logs", "64k"),
    "files": few_files,
    "clock": clock,
    "wal": wal_tail,
    "heap": little_heap,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="faults.sh")
    parser.add_argument("--documents", type=stage.positive, default=5000)
    parser.add_argument("--kills", type=stage.positive, default=20)
    parser.add_argument("--stopped", type=stage.positive, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--only", default=",".join([*FAULTS, "tar"]))
    options = parser.parse_args()
    unknown = set(options.only.split(",")) - {*FAULTS, "tar"}
    if unknown:
        parser.error(f"--only: unknown {', '.join(sorted(unknown))}; expected some of {', '.join([*FAULTS, 'tar'])}")
    work = stage.WORK.parent / "bench-faults"
    jar = stage.prepare(work)
    print(f"seed {options.seed}\n| fault | what happened | documents | lost | strangers | fetched again | audit |\n|---|---|---|---|---|---|---|", flush=True)
    failed = False
    for name in options.only.split(","):
        with contextlib.ExitStack() as stack:
            try:
                if name == "tar":
                    failed |= tars(options, stack, work / name, jar) != 0
                    continue
                documents = 4 if name == "large-upload" else options.documents
                site = Site(stack, work / name, jar, documents, name == "large-upload")
                words = FAULTS[name](site, options)
                told, is_well = site.verdict()
                failed |= not is_well
                print(f"| {name} | {words} | {told} |", flush=True)
            except Failure as failure:
                failed = True
                print(f"| {name} | FAILED: {failure} | | | | | |", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
