#!/usr/bin/env bash
# Many small documents in one process at full speed: does anything grow? See README.md.
#   bench/longrun.sh [links|opendata [DOCUMENTS]]     both, one after the other, with 300,000 documents by default
set -euo pipefail
# shellcheck source=bench/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require python3
[ "${1:-}" = opendata ] || require nginx
build
exec python3 "$bench/longrun.py" "$@"
