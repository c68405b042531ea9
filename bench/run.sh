#!/usr/bin/env bash
# bench/run.sh [OPTION …]   measures judgment-harvester next to a bare SDK loop and Scrapy; --help lists the options
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

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
  install "${missing[@]}"
}

require
build "$@"
exec "$(python_with_scrapy)" "$bench/bench.py" "$@"
