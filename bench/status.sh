#!/usr/bin/env bash
# bench/status.sh [OPTION …]   measures GET /api/status during a harvest with a big ledger; --help lists the options
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require nginx python3
build "$@"
exec python3 "$bench/status.py" "$@"
