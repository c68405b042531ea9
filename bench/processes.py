"""Child processes, measured: what each used, and none left behind."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path


class Child:
    """A process with its figures. A context manager: at its end the process is gone."""

    def __init__(self, name: str, command: list, log: Path, folder: Path, environment: dict | None = None):
        folder.mkdir(parents=True, exist_ok=True)
        self.name = name
        self.log = log
        self.started = time.time()
        self.exit_code: int | None = None
        self.cpu_seconds = 0.0
        self.peak_mib = 0.0
        # without the caller's configuration: AWS_*, HARVEST_*, JAVA_TOOL_OPTIONS
        clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with open(log, "wb") as out:
            self._process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env=clean | {"PYTHONDONTWRITEBYTECODE": "1"} | (environment or {}),
            )

    def is_over(self) -> bool:
        """Whether the process has ended; if so, its figures are available."""
        if self.exit_code is None:
            pid, status, usage = os.wait4(self._process.pid, os.WNOHANG)
            if pid:
                self.exit_code = self._process.returncode = os.waitstatus_to_exitcode(status)
                self.cpu_seconds = usage.ru_utime + usage.ru_stime
                self.peak_mib = usage.ru_maxrss / 1024
        return self.exit_code is not None

    @property
    def pid(self) -> int:
        return self._process.pid

    def cpu_so_far(self) -> float:
        """CPU seconds of the process while it runs."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_until(self, condition, seconds: float, every: float) -> None:
        """Waits for the condition.

        Raises Failure when the process ends before, or the time is over.
        """
        end = time.monotonic() + seconds
        while not condition():
            if self.is_over():
                raise Failure(f"{self.name} ended with {self.exit_code} too early; its output: {self.log}")
            if time.monotonic() > end:
                raise Failure(f"{self.name} was not ready within {seconds:.0f} s; its output: {self.log}")
            time.sleep(every)

    def wait(self, seconds: float) -> None:
        """Waits for the end. Raises Failure if it does not end, or ends with an error."""
        end = time.monotonic() + seconds
        while not self.is_over():
            if time.monotonic() > end:
                raise Failure(f"{self.name} was not done within {seconds:.0f} s; its output: {self.log}")
            time.sleep(0.02)
        if self.exit_code != 0:
            raise Failure(f"{self.name} ended with {self.exit_code}; its output: {self.log}")

    def stop(self, seconds: float = 40) -> None:
        """SIGTERM, then SIGKILL for those that ignore it."""
        end = time.monotonic() + seconds
        if not self.is_over():
            self._process.send_signal(signal.SIGTERM)
        while not self.is_over():
            if time.monotonic() > end:
                self._process.kill()
            time.sleep(0.02)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.stop()


class Failure(Exception):
    """A run without figures, with the reason."""


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False
