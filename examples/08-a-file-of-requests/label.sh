#!/usr/bin/env bash
# Labels 500 tickets in three runs: one that stops at a limit of money, one that goes on, and one whose
# answers were thrown away, which costs nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."
source examples/standin.sh

bash examples/08-a-file-of-requests/tickets.sh 500 >"$room/tickets.jsonl"
label() {
  (cd "$room" && "$rung" batch "$root/policies/support" tickets.jsonl -o answers.jsonl \
    --base-url "$url" "$@" 9>&- 2>&1) || true
}
root=$PWD
rung=$(command -v "$rung")
label --at-once 1 --max-cost 0.0001
echo
label
echo
rm "$room/answers.jsonl"
label
(cd "$room" && "$rung" ledger verify)
