#!/usr/bin/env bash
# by_disk.sh PORTAL DOCUMENTS ENDPOINT BUCKET   the documents into files with aria2c, the files into the bucket with rclone
set -euo pipefail

seq -f "$1/doc/%07g.pdf" 1 "$2" >addresses
aria2c --quiet --input-file=addresses --dir=files --max-concurrent-downloads=16 --file-allocation=none \
  --auto-file-renaming=false
rclone copy files ":s3:$4/judgments/doc" --config=/dev/null --s3-provider=Other --s3-endpoint="$3" \
  --s3-force-path-style --s3-no-check-bucket --transfers=16 --quiet
