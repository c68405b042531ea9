"""Those who run against each other: each brings every document of the listing into the bucket once."""

import dataclasses
import sys
import time
from pathlib import Path

from corpus import PAGE_SIZE
from processes import Child, Failure, free_port, listens

HERE = Path(__file__).resolve().parent
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench-secret"}
SCRIPTS = 17
PATIENCE = 3600


@dataclasses.dataclass(frozen=True)
class Setting:
    """The parameters of a run."""

    options: object
    jar: Path
    classes: Path
    pages: int
    portal: str
    endpoint: str
    bucket: Path
    folder: Path


class Harvester:
    name = "harvester"
    title = "judgment-harvester"

    def documents(self, options) -> int:
        return options.documents

    def run(self, setting: Setting) -> tuple[Child, float]:
        """Returns the ended process and the seconds until it listened."""
        child, api = self.start(setting)
        with child:
            child.wait_until(lambda: listens(api), 120, 0.02)
            listening = time.time() - child.started
            child.wait_until(lambda: manifests(setting.bucket) == setting.pages, PATIENCE, 0.5)
            self.end(child)
            return child, listening

    def start(self, setting: Setting, more: dict | None = None) -> tuple[Child, int]:
        """Returns the process and the port that its API will have.

        more: environment that goes before what is set here
        """
        api = free_port()
        environment = CREDENTIALS | {
            "HARVEST_INSTANCES": "1",
            "HARVEST_SCRIPTS": str(SCRIPTS),
            "HARVEST_AUTOSTART": "all",
            "HARVEST_START_DELAY": "0",
            "HARVEST_PAGES": str(setting.pages),
            "HARVEST_PAGE_SIZE": str(PAGE_SIZE),
            "HARVEST_DATA_DIR": str(setting.folder / "data"),
            "PORTAL_URL": setting.portal + "/list/{page}.html",
            "PORTAL_TOTAL_SELECTOR": "#total",
            "PORTAL_RATE": "0",
            "PORTAL_CONCURRENCY": str(setting.options.concurrency),
            "S3_ENDPOINT": setting.endpoint,
            "S3_BUCKET": setting.bucket.name,
            "API_PORT": str(api),
            "MANAGEMENT_PORT": str(free_port()),
        }
        command = ["java", *setting.options.jvm.split(), "-jar", self.jar(setting), "run"]
        folder = setting.folder
        return Child(self.title, command, folder / "out.log", folder, environment | (more or {})), api

    def jar(self, setting: Setting) -> Path:
        return setting.jar

    @staticmethod
    def end(child: Child) -> None:
        """Ends it as a service manager does; raises Failure when it does not end well."""
        child.stop()
        if child.exit_code != 0:
            raise Failure(f"{child.name} ended with {child.exit_code} after SIGTERM; its output: {child.log}")


class Baseline(Harvester):
    """An earlier build, to see what a change costs or gains."""

    name = "baseline"
    title = "earlier build"

    def jar(self, setting: Setting) -> Path:
        return setting.options.baseline


def manifests(bucket: Path) -> int:
    """How many pages are complete: a page's manifest is written last."""
    return len(list(bucket.glob("manifests/page-*.jsonl")))


class SdkLoop:
    name = "sdk"
    title = "bare SDK loop"

    def documents(self, options) -> int:
        return options.documents

    def run(self, setting: Setting) -> tuple[Child, None]:
        with self.start(setting) as child:
            child.wait(PATIENCE)
            return child, None

    def start(self, setting: Setting) -> Child:
        command = ["java", *setting.options.jvm.split(), "-cp", f"{setting.jar}:{setting.classes}", "SdkLoop"]
        command += [setting.portal + "/list/", setting.pages, setting.endpoint, setting.bucket.name]
        command += [setting.options.sdk_threads, setting.folder / "spool"]
        return Child(self.title, command, setting.folder / "out.log", setting.folder, CREDENTIALS)


class Scrapy:
    name = "scrapy"
    title = "Scrapy FilesPipeline"

    def documents(self, options) -> int:
        return min(options.scrapy_documents, options.documents) // PAGE_SIZE * PAGE_SIZE

    def run(self, setting: Setting) -> tuple[Child, None]:
        command = [sys.executable, "-m", "scrapy", "runspider", HERE / "scrapy_spider.py"]
        command += ["-a", f"listing={setting.portal}/list/", "-a", f"pages={setting.pages}"]
        command += ["-s", f"FILES_STORE=s3://{setting.bucket.name}/judgments/", "-s", f"AWS_ENDPOINT_URL={setting.endpoint}"]
        command += ["-s", f"CONCURRENT_REQUESTS={setting.options.scrapy_requests}"]
        for name, value in CREDENTIALS.items():
            command += ["-s", f"{name}={value}"]
        with Child(self.title, command, setting.folder / "out.log", setting.folder) as child:
            child.wait(PATIENCE)
            return child, None


class ByDisk:
    """Off-the-shelf tools: a downloader for the list of addresses, then an uploader for the folder."""

    name = "aria2"
    title = "aria2c, then rclone"

    def documents(self, options) -> int:
        return min(options.scrapy_documents, options.documents) // PAGE_SIZE * PAGE_SIZE

    def run(self, setting: Setting) -> tuple[Child, None]:
        words = [HERE / "by_disk.sh", setting.portal, setting.pages * PAGE_SIZE, setting.endpoint, setting.bucket.name]
        environment = {
            "RCLONE_S3_ACCESS_KEY_ID": CREDENTIALS["AWS_ACCESS_KEY_ID"],
            "RCLONE_S3_SECRET_ACCESS_KEY": CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        }
        with Child(self.title, words, setting.folder / "out.log", setting.folder, environment) as child:
            child.wait(PATIENCE)
            return child, None


ALL = (Harvester(), Baseline(), SdkLoop(), Scrapy(), ByDisk())
