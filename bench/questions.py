"""The client of the benchmark: queries to the API at fixed times, and the observation of a stop."""

import dataclasses
import http.client
import json
import threading
import time

from processes import Failure
from seeds import SCRIPTS

# Interval for polling scripts that have not stopped yet.
LOOK = 0.02

PATIENCE = 120


class Api:
    """A connection to the API that stays open. For one thread."""

    def __init__(self, port: int):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, path: str, method: str = "GET") -> bytes:
        """Returns the response's body; raises Failure if there is none, or not a valid one."""
        try:
            self._connection.request(method, path)
            answer = self._connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as e:
            raise Failure(f"{method} {path}: {e!r}") from e
        if answer.status not in (200, 202):
            raise Failure(f"{method} {path} answered {answer.status}: {body[:200]!r}")
        return body

    def status(self) -> dict:
        return json.loads(self.ask("/api/status"))["data"]

    def script(self, number: int) -> str:
        """The state of a script, as a word."""
        return json.loads(self.ask(f"/api/scripts/{number}/status"))["data"]["status"]


def is_up(port: int) -> bool:
    """Whether the status is answered; the port listens a little before."""
    try:
        Api(port).ask("/api/status")
        return True
    except Failure:
        return False


@dataclasses.dataclass
class Answers:
    """What one client measured: seconds from the time a query was due to its response, and bytes."""

    seconds: list[float] = dataclasses.field(default_factory=list)
    sizes: list[int] = dataclasses.field(default_factory=list)


def ask_for_status(port: int, first: float, every: float, over: threading.Event, stored: int) -> Answers:
    """Asks for the status at fixed times until it is over.

    A late response does not delay the next due time, so its delay also counts for the queries after it.

    first: when the first query is due, as time.monotonic
    stored: documents that every answer has to count at least
    """
    api, answers = Api(port), Answers()
    due = first
    while not over.wait(max(0, due - time.monotonic())):
        body = api.ask("/api/status")
        answers.seconds.append(time.monotonic() - due)
        answers.sizes.append(len(body))
        stored = _check(body, stored)
        due += every
    return answers


def _check(body: bytes, stored: int) -> int:
    """Returns the number of documents in the response."""
    data = json.loads(body)["data"]
    now = data["total_files_downloaded"]
    if len(data["scripts"]) != SCRIPTS or now < stored:
        raise Failure(f"a status with {len(data['scripts'])} scripts and {now} documents, {stored} were stored before")
    return now


@dataclasses.dataclass(frozen=True)
class Stop:
    """How a stop of all scripts went, in seconds."""

    answer: float
    stopped: list[float]  # from the answer until each script was seen to be stopped, in that order
    completed: int
    longest_look: float


def stop_all(port: int) -> Stop:
    """Stops all scripts, and watches until none runs."""
    api = Api(port)
    begin = time.monotonic()
    api.ask("/api/scripts/stop-all", "POST")
    answered = time.monotonic()
    waiting = list(range(1, SCRIPTS + 1))
    stopped, completed, longest = [], 0, 0.0
    while waiting:
        look = time.monotonic()
        if look > answered + PATIENCE:
            raise Failure(f"scripts {waiting} did not stop within {PATIENCE} s")
        for number in waiting[:]:
            word = api.script(number)
            if word in ("stopped", "completed"):
                waiting.remove(number)
                completed += word == "completed"
            if word == "stopped":
                stopped.append(time.monotonic() - answered)
        took = time.monotonic() - look
        time.sleep(max(0.0, LOOK - took))
        longest = max(longest, took, LOOK)
    if not stopped:
        raise Failure("every script had completed before the stop; more --documents are needed")
    return Stop(answered - begin, stopped, completed, longest)
