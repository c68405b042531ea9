#!/usr/bin/env bash
# bench/rate.sh [OPTION …]   whether the requests that arrive at a portal keep to portal.rate; --help lists the options
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require python3 nginx
build "$@"
exec python3 "$bench/rate.py" "$@"
