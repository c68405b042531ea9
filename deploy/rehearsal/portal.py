"""The portal of the rehearsal, and the desk that its alerts are sent to.

portal.py DOCUMENTS PAGE_SIZE ADDRESS FOLDER

Port 80 lists documents at /judgments?page=N and serves them at /doc/N.pdf; each request for a document is a line in
FOLDER/fetched. Port 8025 takes alerts: each is a line of JSON in FOLDER/alerts.
"""

import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

DOCUMENTS, PAGE_SIZE = int(sys.argv[1]), int(sys.argv[2])
ADDRESS, FOLDER = sys.argv[3], Path(sys.argv[4])


def listing(page: int) -> bytes:
    first = (page - 1) * PAGE_SIZE + 1
    rows = "".join(
        f'<tr><td><a href="/doc/{n}.pdf">Appellant {n} versus State</a></td></tr>\n'
        for n in range(first, min(first + PAGE_SIZE, DOCUMENTS + 1))
    )
    return f'<html><body><p id="total">{DOCUMENTS} results</p><table>\n{rows}</table></body></html>\n'.encode()


def pdf(number: int) -> bytes:
    return b"%%PDF-1.4\n%% judgment %d\n%s\n%%%%EOF\n" % (number, b"% of several lines\n" * 100)


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def send(self, status: int, kind: str = "text/plain", body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Portal(Answer):
    def do_GET(self):
        page = re.fullmatch(r"/judgments\?page=(\d+)", self.path)
        document = re.fullmatch(r"/doc/(\d+)\.pdf", self.path)
        if page:
            self.send(200, "text/html", listing(int(page[1])))
        elif document and 1 <= int(document[1]) <= DOCUMENTS:
            note("fetched", document[1])
            self.send(200, "application/pdf", pdf(int(document[1])))
        else:
            self.send(404)


class Desk(Answer):
    def do_POST(self):
        note("alerts", self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send(200)


WRITING = threading.Lock()


def note(file: str, line: str) -> None:
    with WRITING, open(FOLDER / file, "a") as out:
        out.write(line + "\n")


desk = ThreadingHTTPServer((ADDRESS, 8025), Desk)
threading.Thread(target=desk.serve_forever, daemon=True).start()
ThreadingHTTPServer((ADDRESS, 80), Portal).serve_forever()
