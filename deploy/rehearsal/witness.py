"""Looks at what /unified shows, twice a second, and compares it with what is so.

witness.py FOLDER KEY DOCUMENTS PAGE_SIZE SCRIPTS FIRST-LAST,FIRST-LAST,…

It asks h1, for /api/fleet, as a browser does on /unified. FOLDER/store/judgments is the bucket, FOLDER/truth says of
each host whether it is there, away, or just changing, FOLDER/fleet.pem is the certificate that they share. What changes
is told in a line, and so is what is not true, with the word WRONG.
"""

import collections
import json
import re
import ssl
import sys
import time
import urllib.request
from pathlib import Path

FOLDER, KEY = Path(sys.argv[1]), sys.argv[2]
DOCUMENTS, PAGE_SIZE, SCRIPTS = (int(word) for word in sys.argv[3:6])
ASSIGNMENT = [tuple(int(end) for end in part.split("-")) for part in sys.argv[6].split(",")]
BUCKET = FOLDER / "store" / "judgments"
PAGES_PER_SCRIPT = DOCUMENTS // PAGE_SIZE // SCRIPTS

# How late the figures, and the word that a peer does not answer, may be.
LATE = 10

started = time.monotonic()


def tell(words: str) -> None:
    print(f"{time.monotonic() - started:5.1f}  {words}", flush=True)


def instance_of(page: int) -> int:
    script = min((page - 1) // PAGES_PER_SCRIPT + 1, SCRIPTS)
    return next(number for number, (first, last) in enumerate(ASSIGNMENT, 1) if first <= script <= last)


def in_bucket() -> tuple[collections.Counter, collections.Counter]:
    """The documents and the manifests of each instance."""
    documents, pages = collections.Counter(), collections.Counter()
    for path in (BUCKET / "judgments" / "doc").glob("*.pdf"):
        documents[instance_of((int(path.stem) - 1) // PAGE_SIZE + 1)] += 1
    for path in (BUCKET / "manifests").iterdir():
        page = re.fullmatch(r"page-(\d+)\.jsonl", path.name)
        if page:
            pages[instance_of(int(page[1]))] += 1
    return documents, pages


def ask(tls: ssl.SSLContext) -> dict:
    request = urllib.request.Request("https://h1.example/api/fleet", headers={"X-API-Key": KEY})
    with urllib.request.urlopen(request, timeout=10, context=tls) as answer:
        return json.load(answer)["data"]


def host_of(member: dict) -> int:
    """From its address; h1 calls itself by the address that it listens on."""
    name = re.search(r"h(\d)\.example", member["address"])
    return int(name[1]) if name else 1


class Witness:
    def __init__(self):
        self.looks = self.wrong = 0
        self.shown = {}  # what is shown of each host: None, or the words for its silence
        self.false_since = {}  # the hosts of which the opposite is shown of what is so
        self.before = collections.deque()  # the manifests of the last seconds
        self.is_done = False

    def say_wrong(self, words: str) -> None:
        self.wrong += 1
        tell("WRONG: " + words)

    def look(self, tls: ssl.SSLContext) -> None:
        now = time.monotonic()
        self.before.append((now, in_bucket()[1]))
        fleet = ask(tls)
        self.looks += 1
        documents, pages = in_bucket()
        members = {host_of(member): member for member in fleet["instances"]}
        if sorted(members) != list(range(1, len(ASSIGNMENT) + 1)):
            self.say_wrong(f"it shows the instances {sorted(members)}")
        for host, member in members.items():
            self.compare_silence(host, member)
            if member["data"]:
                self.compare_figures(host, member["data"], documents[host], pages[host])
        self.compare_totals(fleet)

    def compare_silence(self, host: int, member: dict) -> None:
        silence = member["problem"]
        if host not in self.shown or (silence is None) != (self.shown[host] is None):
            tell(f"h{host} is shown " + (f"as unreachable: {silence}" if silence else "with its figures"))
        self.shown[host] = silence
        if (member["data"] is None) != (silence is not None) or member["reachable"] != (silence is None):
            self.say_wrong(f"h{host} is shown with figures, and as unreachable: {silence}")
        truth = (FOLDER / "truth" / f"h{host}").read_text().strip()
        if truth == ("there" if silence else "away"):
            since = self.false_since.setdefault(host, time.monotonic())
            if time.monotonic() - since > LATE:
                self.say_wrong(f"h{host} is {truth}, and for {LATE} s has been shown as {silence or 'answering'}")
        else:
            self.false_since.pop(host, None)

    def compare_figures(self, host: int, data: dict, documents: int, pages: int) -> None:
        while time.monotonic() - self.before[0][0] > LATE:
            self.before.popleft()
        settled = self.before[0][1][host]
        files, completed = data["total_files_downloaded"], data["completed_pages"]
        if not settled * PAGE_SIZE <= files <= documents:
            self.say_wrong(f"h{host} shows {files} files; {documents} are there, {settled * PAGE_SIZE} of them for long")
        if not settled <= completed <= pages:
            self.say_wrong(f"h{host} shows {completed} pages; {pages} are there, {settled} of them for long")

    def compare_totals(self, fleet: dict) -> None:
        answered = [member["data"] for member in fleet["instances"] if member["data"]]
        for figure in ("total_files_downloaded", "completed_pages", "total_scripts", "completed_scripts"):
            total = sum(data[figure] for data in answered)
            if fleet["total"][figure] != total:
                self.say_wrong(f"the total of {figure} is {fleet['total'][figure]}; the instances say {total}")
        if not self.is_done and fleet["total"]["completed_scripts"] == SCRIPTS:
            self.is_done = True
            tell(f"all {SCRIPTS} scripts are shown as completed")


def main() -> None:
    tls = ssl.create_default_context(cafile=FOLDER / "fleet.pem")
    witness = Witness()
    while not (FOLDER / "over").exists():
        try:
            witness.look(tls)
        except OSError as e:
            witness.say_wrong(f"h1 does not answer: {e}")
        time.sleep(0.5)
    tell(f"looked {witness.looks} times; {witness.wrong} times it was wrong")


main()
