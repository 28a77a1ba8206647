#!/usr/bin/env bash
# Labels 500 tickets alone and together, and compares the answers.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=$PWD/examples/12-five-hundred-labels
STANDIN=$here/faulty-standin.sh
source examples/standin.sh

bash "$here/tickets.sh" >"$room/tickets.jsonl"
rung=$(command -v "$rung")
label() {
  (cd "$room" && "$rung" batch "$here" tickets.jsonl -o "$1.jsonl" --user "$1" --at-once 25 \
    --base-url "$url" 9>&- 2>&1) | sed -nE '/answered:/p; s/^(  cost \$0\.[0-9]{4}).*/\1/p'
}
echo alone
label alone
echo together
label together

# custom_id, label and how often it was asked, one line each.
read_answers() {
  sed -E 's/.*"custom_id":"([^"]*)".*"content":"([^"]*)".*"attempts":(.*)/\1 \2 \3/' "$room/$1.jsonl" \
    | awk '{ calls = gsub(/"role":/, "&"); print $1, $2, calls }' | sort
}
read_answers alone >"$room/alone.txt"
read_answers together >"$room/together.txt"
# Who is left out or answered twice depends on who came first: their number does not.
join "$room/alone.txt" "$room/together.txt" | awk '
  { kind = substr($1, 1, 6); all[kind]++; if ($2 == $4) same[kind]++; if ($5 > 1) again++ }
  END {
    printf "\nof %d tickets %d have the label they have alone\n", all["ticket"], same["ticket"]
    printf "of %d poisoned ones %d have\n", all["poison"], same["poison"]
    printf "asked again alone: %d\n", again
  }'
