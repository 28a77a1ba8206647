# Compares the two prompts through the stand-in provider, whose model `reader` answers with sentences of
# its system prompt.
source examples/standin.sh
"$rung" compress examples/11-a-shorter-prompt --system examples/11-a-shorter-prompt/long.md \
  --base-url "$url" --no-ledger "$@" 9>&-
