#!/usr/bin/env bash
# A day of one team against a budget it asks several times over: 48 questions, eight at a time.
set -euo pipefail
cd "$(dirname "$0")/../.."
source examples/standin.sh

policy=examples/06-keep-a-budget
ask() {
  "$rung" run "$policy/team.rung" "$policy/asks.jsonl" --base-url "$url" --tenant logistics \
    --ledger "$room/rung.ledger" "$@" 9>&- || true
}
ask "$@"
"$rung" ledger verify --ledger "$room/rung.ledger"
