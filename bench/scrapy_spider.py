"""Scrapy's own way: a spider over the listing pages, the files brought to S3 by the FilesPipeline."""

from urllib.parse import urlsplit

import scrapy
from scrapy.pipelines.files import FilesPipeline


class SameKeys(FilesPipeline):
    """The standard FilesPipeline, with the path of the address as the key instead of a hash."""

    def file_path(self, request, response=None, info=None, *, item=None):
        return urlsplit(request.url).path.lstrip("/")


class Listing(scrapy.Spider):
    name = "listing"
    custom_settings = {
        "ITEM_PIPELINES": {SameKeys: 1},
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1000,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REACTOR_THREADPOOL_MAXSIZE": 20,
        "AWS_REGION_NAME": "us-east-1",
        "AWS_USE_SSL": False,
        "LOG_LEVEL": "WARNING",
        "REQUEST_FINGERPRINTER_IMPLEMENTATION": "2.7",
    }

    def start_requests(self):
        for page in range(1, int(self.pages) + 1):
            yield scrapy.Request(f"{self.listing}{page}.html")

    def parse(self, response):
        for link in response.css('a[href$=".pdf"]::attr(href)').getall():
            yield {"file_urls": [response.urljoin(link)]}
