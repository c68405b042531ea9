#!/usr/bin/env bash
# Documents a second and CPU a document from the tars of open data into a store: the harvester beside a bare loop
# that streams the tars, and beside the detour over the disk. See README.md.
#   bench/opendata.sh [ROUNDS [PARTS [DOCUMENTS]]]     3 rounds of 17 tars with 600 documents each by default
set -euo pipefail
# shellcheck source=bench/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require python3
build
exec python3 "$bench/opendata.py" "$@"
