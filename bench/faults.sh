#!/usr/bin/env bash
# Faults for real, from outside: what is lost, what is fetched again, how long until it goes on. See README.md.
#   bench/faults.sh [--documents N] [--kills N] [--stopped SECONDS] [--only NAME,…]
set -euo pipefail
# shellcheck source=bench/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require python3 nginx faketime prlimit
build
exec python3 "$bench/faults.py" "$@"
