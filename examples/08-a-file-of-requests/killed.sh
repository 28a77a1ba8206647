#!/usr/bin/env bash
# Labels 500 tickets with a run that is killed three times, then says what the provider was asked.
set -euo pipefail
cd "$(dirname "$0")/../.."
source examples/standin.sh

bash examples/08-a-file-of-requests/tickets.sh 500 >"$room/tickets.jsonl"
root=$PWD
rung=$(command -v "$rung")
cd "$room"
label() {
  exec "$rung" batch "$root/policies/support" tickets.jsonl -o answers.jsonl --base-url "$url" \
    --rate 400/s "$@" 9>&-
}
for seconds in 0.3 0.4 0.5; do
  (label) &
  killed=$!
  sleep "$seconds"
  kill -9 "$killed" || true
  wait "$killed" 2>/dev/null || true
done
(label) 2>&1 | sed -n '/^lost/,$p' || true
(label --retry-lost) 2>/dev/null
echo "$(grep -c '"status_code":200' answers.jsonl) tickets with an answer," \
  "$(grep -o '"custom_id":"[^"]*"' answers.jsonl | sort -u | wc -l) names"
