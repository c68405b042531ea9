#!/usr/bin/env bash
# bench/status.sh [OPTION …]   measures GET /api/status during a harvest with a big ledger; --help lists the options
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require() {
  local missing=()
  command -v nginx >/dev/null || missing+=(nginx-light)
  command -v python3 >/dev/null || missing+=(python3)
  install "${missing[@]}"
}

require
build "$@"
exec python3 "$bench/status.py" "$@"
