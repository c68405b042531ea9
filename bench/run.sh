#!/usr/bin/env bash
# bench/run.sh [OPTION …]   measures judgment-harvester next to a bare SDK loop and Scrapy; --help lists the options
set -euo pipefail

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(dirname "$bench")
export PATH=$PATH:/usr/sbin PYTHONDONTWRITEBYTECODE=1

# One line on stderr, nothing else; exit 2.
stop() {
  printf '%s\n' "$1" >&2
  exit 2
}

# the Python that has Scrapy and what its FilesPipeline needs for S3
python_with_scrapy() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import scrapy, botocore' 2>/dev/null; then
      command -v "$python"
      return
    fi
  done
  return 1
}

require() {
  local missing=()
  command -v nginx >/dev/null || missing+=(nginx-light)
  python_with_scrapy >/dev/null || missing+=(python3-scrapy python3-boto3 python3-botocore)
  command -v javac >/dev/null || missing+=(openjdk-17-jdk-headless)
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || stop "missing, as Debian calls it: ${missing[*]}; install it and try again"
  [ "$(id -u)" = 0 ] || stop "install what is missing with: sudo apt-get install -y --no-install-recommends ${missing[*]}"
  echo "installing ${missing[*]} …" >&2
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
    >/dev/null 2>&1 || stop "this failed: apt-get install -y --no-install-recommends ${missing[*]}"
}

require
case " $* " in
  *' --help '* | *' -h '*) ;;
  *) "$home/harvester" --version >/dev/null ;; # builds the jar when it is missing or older than its sources
esac
exec "$(python_with_scrapy)" "$bench/bench.py" "$@"
