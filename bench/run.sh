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

require nginx javac
python_with_scrapy >/dev/null || install python3-scrapy python3-boto3 python3-botocore
case "$*" in
  *aria2*) require aria2c rclone ;;
esac
build "$@"
exec "$(python_with_scrapy)" "$bench/bench.py" "$@"
