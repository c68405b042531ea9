"""The portal of the benchmark: documents, listing pages, and the nginx configuration that serves them."""

import math
import os
import random
import shutil
from collections.abc import Iterable
from pathlib import Path

from processes import Failure

PAGE_SIZE = 100

# Files on disk. Document N is served from file N mod FILES: many addresses, little disk space.
FILES = 1000

SMALLEST, LARGEST = 60_000, 80_000

ROW = (
    '<tr><td><a href="/doc/{number:07}.pdf">Appellant {number} versus Respondent {number}</a></td>'
    "<td>BNCH01{number:06}2020</td><td>Justice of Bench {bench}</td><td>High Court No. {bench}</td>"
    "<td>{day:02}-01-2020</td><td>{day:02}-06-2021</td><td>Disposed Off</td></tr>\n"
)


class Corpus:
    """N documents in listing pages of 100 rows. Only the given pages are served, by default all."""

    def __init__(self, folder: Path, documents: int, pdfs: Path | None = None, pages: Iterable[int] | None = None):
        self.folder = folder
        self.documents = documents
        self._pages = pages or range(1, math.ceil(documents / PAGE_SIZE) + 1)
        self._pdfs = pdfs
        self._sizes: list[int] = []

    def write(self) -> None:
        """Writes everything again; without a folder of PDFs, the same bytes each time."""
        shutil.rmtree(self.folder, ignore_errors=True)
        files = self.folder / "files"
        lists = self.folder / "site" / "list"
        files.mkdir(parents=True)
        lists.mkdir(parents=True)
        if self._pdfs is None:
            self._generate(files)
        else:
            self._copy(files)
        self._sizes = [(files / f"{n:03}.pdf").stat().st_size for n in range(FILES)]
        for page in self._pages:
            (lists / f"{page}.html").write_text(self._listing(page))

    def size(self, number: int) -> int:
        """The length of a document in bytes; documents count from 1."""
        return self._sizes[number % FILES]

    def mean_size(self) -> float:
        return sum(self._sizes) / FILES

    def verify(self, bucket: Path, numbers: Iterable[int]) -> tuple[float, float]:
        """Checks that exactly these documents exist, intact; returns when the first and the last were written."""
        found = {}
        with os.scandir(bucket / "judgments" / "doc") as entries:
            for entry in entries:
                found[entry.name] = entry.stat()
        expected = {f"{number:07}.pdf": self.size(number) for number in numbers}
        missing = expected.keys() - found.keys()
        extra = found.keys() - expected.keys()
        wrong = [name for name in expected.keys() & found.keys() if found[name].st_size != expected[name]]
        if missing or extra or wrong:
            raise Failure(
                f"{bucket}: {len(missing)} documents missing, {len(extra)} too many, {len(wrong)} of a wrong size"
            )
        times = [stat.st_mtime for stat in found.values()]
        return min(times), max(times)

    @staticmethod
    def _generate(files: Path) -> None:
        chance = random.Random(1)
        for n in range(FILES):
            (files / f"{n:03}.pdf").write_bytes(pdf(chance, chance.randint(SMALLEST, LARGEST)))

    def _copy(self, files: Path) -> None:
        found = sorted(path for path in self._pdfs.rglob("*.pdf") if path.is_file())
        if not found:
            raise SystemExit(f"--pdfs: no *.pdf under {self._pdfs}; expected a folder of PDFs")
        for n in range(FILES):
            target = files / f"{n:03}.pdf"
            if n < len(found):
                shutil.copyfile(found[n], target)
            else:
                os.link(files / f"{n % len(found):03}.pdf", target)

    def _listing(self, page: int) -> str:
        first = (page - 1) * PAGE_SIZE + 1
        last = min(first + PAGE_SIZE - 1, self.documents)
        rows = (
            ROW.format(number=number, bench=number % 25, day=number % 28 + 1)
            for number in range(first, last + 1)
        )
        return (
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Judgments</title></head><body>\n'
            f'<p><span id="total">{self.documents} results</span>, page {page}</p>\n'
            "<table>\n<tr><th>Judgment</th><th>CNR</th><th>Judge</th><th>Court</th>"
            "<th>Date of registration</th><th>Decision date</th><th>Disposal nature</th></tr>\n"
            + "".join(rows)
            + "</table>\n</body></html>\n"
        )

    def write_nginx(self, port: int, log: Path | None = None) -> Path:
        """Writes the configuration of the web server.

        log: where each request gets a line: the second in which it was answered, and how long that took
        """
        access_log = f"log_format times '$msec $request_time';\n  access_log {log} times" if log else "access_log off"
        # a worker started by root would run as another user, who may not be able to read this folder
        user = "user root;" if os.getuid() == 0 else ""
        folders = "\n".join(
            f"  {kind}_temp_path {self.folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        path = self.folder / "nginx.conf"
        path.write_text(f"""{user}
daemon off;
worker_processes 1;
pid {self.folder}/nginx.pid;
error_log {self.folder}/nginx.log warn;
events {{ worker_connections 1024; }}
http {{
{folders}
  types {{ text/html html; application/pdf pdf; }}
  charset utf-8;
  {access_log};
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  server {{
    listen 127.0.0.1:{port};
    root {self.folder}/site;
    location ~ "^/doc/\\d+(\\d\\d\\d)\\.pdf$" {{ alias {self.folder}/files/$1.pdf; }}
  }}
}}
""")
        return path


def pdf(chance: random.Random, length: int) -> bytes:
    """A PDF of one blank page with an incompressible attachment that brings it to the length in bytes."""
    start = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"
    )
    objects = [start.index(b"%d 0 obj" % n) for n in (1, 2, 3)] + [len(start)]
    xref = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in objects)
    # with five and six digits for its two numbers, the frame always has the same length
    frame = b"4 0 obj\n<</Length %05d>>\nstream\n%s\nendstream\nendobj\n"
    end = xref + b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%06d\n%%%%EOF\n"
    filler = length - len(start) - len(frame % (0, b"")) - len(end % 0)
    body = start + frame % (filler, chance.randbytes(filler))
    return body + end % len(body)
