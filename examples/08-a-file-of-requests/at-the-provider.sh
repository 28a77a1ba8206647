#!/usr/bin/env bash
# Labels 100 tickets by the provider's own Batch API: sends them and leaves, kills the run that takes the
# answers, and takes them with another. Then says what the provider was asked and what the ledger holds.
set -euo pipefail
cd "$(dirname "$0")/../.."
source examples/standin.sh

bash examples/08-a-file-of-requests/tickets.sh 100 >"$room/tickets.jsonl"
rung=$(command -v "$rung")
cd "$room"
cat >catalog.yaml <<'END'
currency: USD
providers:
  global: {base_url: "https://global-apis.com/v1", key_env: GLOBAL_APIS_KEY}
models:
  qwen3-8b:
    provider: global
    window: 32k
    max_output: 8k
    prices: {input: 0.02, output: 0.02, batch: {input: 0.01, output: 0.01}, date: 2026-11-21}
END
cat >labels.rung <<'END'
rung 1
catalog "catalog.yaml"
otherwise { use qwen3-8b max_output 16 tokens }
END
label() {
  "$rung" batch labels.rung tickets.jsonl -o answers.jsonl --base-url "$url" \
    --provider-batch --look-every 1s "$@" 9>&- 2>&1
}
echo '{"batches": {"polls": 2}}' | curl -s -X POST --data-binary @- "${url%/v1}/__script" >/dev/null
label --leave | tail -n 1 || true
(exec "$rung" batch labels.rung tickets.jsonl -o answers.jsonl --base-url "$url" \
  --provider-batch --look-every 1s 9>&-) &
sleep 0.7
kill -9 $! && wait $! 2>/dev/null || true
label | head -n 2
echo "$(curl -s "${url%/v1}/__stats" | grep -m 1 -o '"calls": [0-9]*') of the provider"
"$rung" ledger verify | tail -n 1
