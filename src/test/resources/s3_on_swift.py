"""OpenStack Swift with its S3 API, on a folder, in one process: python3 swift.py FOLDER PORT ACCESS-KEY SECRET-KEY"""
import os
import sys

import eventlet

eventlet.monkey_patch()
import eventlet.wsgi
import swift.common.utils as utils

utils.HASH_PATH_SUFFIX = b"judgments"
utils.HASH_PATH_PREFIX = b""
utils.validate_hash_conf = lambda: None
from swift.common.ring import RingBuilder
from swift.common.wsgi import loadapp

folder, port, access_key, secret_key = sys.argv[1:]
account, user = access_key.split(":")

SERVER = """
[DEFAULT]
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""

PROXY = """
[DEFAULT]
swift_dir = {folder}
[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{user} = {secret_key} .admin
[filter:slo]
use = egg:swift#slo
"""


class Cache:
    """What memcached would keep."""

    def __init__(self):
        self.kept = {}

    def get(self, key, **kwargs):
        return self.kept.get(key)

    def set(self, key, value, **kwargs):
        self.kept[key] = value

    def delete(self, key, **kwargs):
        self.kept.pop(key, None)


def load(kind, text):
    path = os.path.join(folder, kind + "-server.conf")
    with open(path, "w") as conf:
        conf.write(text.format(folder=folder, kind=kind, account=account, user=user, secret_key=secret_key))
    return loadapp(path)


def listen(port):
    return eventlet.listen(("127.0.0.1", port))


os.makedirs(os.path.join(folder, "devices", "one"), exist_ok=True)
sockets = {}
for kind in "account", "container", "object":
    sockets[kind] = listen(0)
    builder = RingBuilder(4, 1, 1)
    builder.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": sockets[kind].getsockname()[1],
                     "device": "one", "weight": 1})
    builder.rebalance()
    builder.get_ring().save(os.path.join(folder, kind + ".ring.gz"))
for kind, socket in sockets.items():
    eventlet.spawn(eventlet.wsgi.server, socket, load(kind, SERVER), log_output=False)

proxy = load("proxy", PROXY)
cache = Cache()


def with_cache(env, start_response):
    env["swift.cache"] = cache
    return proxy(env, start_response)


eventlet.wsgi.server(listen(int(port)), with_cache, log_output=False)
