#!/usr/bin/env bash
# bench/latency.sh [OPTION …]   documents a second with a portal and a store that take their time; --help lists the options
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require python3 javac
build "$@"
exec python3 "$bench/latency.py" "$@"
