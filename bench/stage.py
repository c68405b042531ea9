"""What the benchmarks share: the work folder, the portal, the store."""

import contextlib
import shutil
from pathlib import Path

from contenders import CREDENTIALS
from corpus import Corpus
from processes import Child, Failure, free_port, listens

HOME = Path(__file__).resolve().parent.parent
JAR = HOME / "target" / "judgment-harvester.jar"
WORK = HOME / "target" / "bench"

# What stays in the work folder from run to run: results, and ledgers that took long to create.
KEPT = ("*.md", "ledger-*.db")


def jvm_options() -> str:
    """Returns the flags that ./harvester runs the JVM with."""
    lines = (HOME / "jvm.options").read_text().splitlines()
    return " ".join(line for line in lines if not line.startswith("#"))


def positive(text: str) -> int:
    """The type of options that are counts."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def prepare(work: Path) -> Path:
    """Empties the work folder; returns the copy of the jar to measure."""
    mark = work / ".bench"
    if work.exists() and any(work.iterdir()) and not mark.exists():
        raise Failure(f"--work: {work} holds something else; expected a new or an empty folder")
    work.mkdir(parents=True, exist_ok=True)
    mark.touch()
    for path in work.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path != mark and not any(path.match(kept) for kept in KEPT):
            path.unlink()
    # a build that starts meanwhile must not take the jar away from running processes
    return shutil.copyfile(JAR, work / "judgment-harvester.jar")


def portal(stack: contextlib.ExitStack, work: Path, corpus: Corpus, log: Path | None = None) -> str:
    """Starts nginx; returns its address."""
    port = free_port()
    configuration = corpus.write_nginx(port, log)
    command = ["nginx", "-p", corpus.folder, "-c", configuration, "-e", corpus.folder / "nginx.log"]
    nginx = stack.enter_context(Child("nginx", command, work / "nginx.out", work))
    nginx.wait_until(lambda: listens(port), 30, 0.02)
    return f"http://127.0.0.1:{port}"


def store(stack: contextlib.ExitStack, work: Path, jar: Path, objects: Path) -> tuple[str, Child]:
    """Starts S3Proxy on a new folder, where every folder is a bucket; returns its address and the process."""
    port = free_port()
    objects.mkdir()
    properties = work / "s3proxy.properties"
    properties.write_text(
        f"s3proxy.endpoint=http://127.0.0.1:{port}\n"
        "s3proxy.authorization=aws-v2-or-v4\n"
        f"s3proxy.identity={CREDENTIALS['AWS_ACCESS_KEY_ID']}\n"
        f"s3proxy.credential={CREDENTIALS['AWS_SECRET_ACCESS_KEY']}\n"
        "jclouds.provider=filesystem-nio2\n"
        f"jclouds.filesystem.basedir={objects}\n"
    )
    command = ["java", "-Xmx512m", "-cp", jar, "org.gaul.s3proxy.Main", "--properties", properties]
    process = stack.enter_context(Child("S3Proxy", command, work / "s3proxy.out", work))
    process.wait_until(lambda: listens(port), 60, 0.05)
    return f"http://127.0.0.1:{port}", process
