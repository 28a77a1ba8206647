#!/usr/bin/env bash
# The stand-in provider, with a model that now and then answers a batch wrongly.
exec rung-standin --script "$(dirname "$0")/faults.json" "$@"
