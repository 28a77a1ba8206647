# Measures this policy with the stand-in provider, whose vectors count words; arguments go to
# `rung cache measure`.
source examples/standin.sh
"$rung" cache measure examples/10-similar-questions --base-url "$url" "$@" 9>&-
