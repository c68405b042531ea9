#!/usr/bin/env bash
# bench/scale.sh [OPTION …]   an instance with millions of documents in its ledger beside a new one; --help lists the options
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require python3 nginx
build "$@"
exec python3 "$bench/scale.py" "$@"
