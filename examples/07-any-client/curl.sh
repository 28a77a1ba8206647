#!/usr/bin/env bash
# Starts a gateway before the stand-in provider, asks it with curl, and stops it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../standin.sh"
"$rung" serve "$here/../../policies/support" --base-url "$url" --ledger "$room/gateway.ledger" \
  --port 0 --quiet >"$room/serving" &
gateway=$!
for _ in $(seq 100); do
  [ -s "$room/serving" ] && break
  sleep 0.05
done
base=$(sed -n 's/.* on \(http:[^ ]*\).*/\1/p' "$room/serving")
question='{"model": "auto", "messages": [{"role": "user", "content": "how do I reset my password?"}]}'

echo "== an answer, and the headers that say how it came about"
curl -s -D "$room/head" -o "$room/body" "$base/chat/completions" -d "$question"
tr -d '\r' <"$room/head" | sed -n '1p;/^x-rung-/p' | sed '/^x-rung-policy/d' | sort
grep -o '"model":"[^"]*"' "$room/body"

echo "== the same as a stream: its last events"
stream='"stream": true, "stream_options": {"include_usage": true}}'
curl -sN "$base/chat/completions" -d "${question%\}}, $stream" | grep . | tail -n 2 |
  sed 's/"id":"[^"]*",//'

echo "== why, without calling anybody"
curl -s "$base/decisions" -d "$question" | grep -o '"route":{"name":"[^"]*"'

echo "== a mistake gets the API's error object"
curl -s "$base/chat/completions" -d '{"model": "auto"}' | sed 's/ (request [^)]*)//'
echo
kill -TERM "$gateway"
wait "$gateway"
echo "== the gateway has stopped; its rows are on disk"
"$rung" ledger verify --ledger "$room/gateway.ledger" | tail -n 1
