"""A ledger that already holds many documents, and the pages that are left to harvest."""

import contextlib
import hashlib
import math
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from corpus import PAGE_SIZE

SCRIPTS = 66

# Bytes of a seeded document; nobody reads them.
SIZE = 70_000


class Shares:
    """The scripts' pages, the same number for each: the first ones done, the last ones open."""

    def __init__(self, done: int, open_documents: int):
        """Both are numbers of documents; a few more are done, so that all scripts have the same number of pages."""
        left = open_documents // PAGE_SIZE
        each = math.ceil((math.ceil(done / PAGE_SIZE) + left) / SCRIPTS)
        self.pages = each * SCRIPTS
        self.open = []
        for script in range(SCRIPTS):
            last = (script + 1) * each
            mine = left // SCRIPTS + (script < left % SCRIPTS)
            self.open += range(last - mine + 1, last + 1)

    def done(self) -> list[int]:
        """The pages that are done."""
        return sorted(set(range(1, self.pages + 1)) - set(self.open))


def numbers(pages: list[int]) -> Iterator[int]:
    """The documents on these pages."""
    for page in pages:
        yield from range((page - 1) * PAGE_SIZE + 1, page * PAGE_SIZE + 1)


def seed(ledger: Path, pages: list[int]) -> None:
    """Fills an empty ledger, in the order of its keys, as if these pages had been harvested.

    It belongs to nobody else meanwhile, and is of no use when this is interrupted: no journal is kept.
    """
    now = int(time.time() * 1000)
    with contextlib.closing(sqlite3.connect(ledger)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("DELETE FROM harvest")  # it is used with other ports and buckets
        database.executemany(
            "INSERT INTO documents (id, page, state, attempts, size, sha256, updated_at)"
            f" VALUES (?, ?, 'stored', 0, {SIZE}, ?, {now})",
            map(_document, numbers(pages)),
        )
        database.executemany(
            "INSERT INTO pages (page, state, stored, bytes, updated_at)"
            f" VALUES (?, 'complete', {PAGE_SIZE}, {PAGE_SIZE * SIZE}, {now})",
            ((page,) for page in pages),
        )
        database.commit()


def _document(number: int) -> tuple[str, int, bytes]:
    key = f"doc/{number:07}.pdf"
    return key, (number - 1) // PAGE_SIZE + 1, hashlib.sha256(key.encode()).digest()
