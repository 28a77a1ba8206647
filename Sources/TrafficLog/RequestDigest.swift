import JSONReading

/// What two requests have in common that say the same, where the log has no `body_fingerprint` of them.
///
/// As in the key of a cache every member counts, as far as the line has it; how the answer is handed over
/// (`stream`, `cache`) does not. Spellings are compared, so that none is the same that may be another.
enum RequestDigest {
  /// Members of a chat request beside its messages, of a line that is one.
  private static let columns = JSONColumns([
    "model", "model_asked", "n", "max_tokens", "max_completion_tokens", "metadata", "temperature",
    "top_p", "top_k", "seed", "stop", "user", "tools", "tool_choice", "parallel_tool_calls",
    "functions", "function_call", "response_format", "frequency_penalty", "presence_penalty",
    "logit_bias", "logprobs", "top_logprobs", "reasoning_effort", "verbosity", "modalities",
    "audio", "prediction", "service_tier", "store", "safety_identifier", "prompt_cache_key",
    "web_search_options",
  ])
  private static let besideColumns = JSONColumns(["metadata"])

  /// Of the line's request, or of its messages with what else it asks; nil if it has neither.
  ///
  /// `line` is the line's object; facts beside a request count as its own members do.
  static func of(
    line: Int, request: JSONCell, messages: JSONCell, _ lines: borrowing JSONLines,
    _ inner: inout [JSONCell]
  ) -> UInt64? {
    let text: JSONCell
    if request.isObject {
      lines.pick(besideColumns, in: line, into: &inner)
      text = request
    } else if messages.isArray {
      lines.pick(columns, in: line, into: &inner)
      text = messages
    } else {
      return nil
    }
    var digest = ByteRuns.hash(text.range, in: lines.bytes)
    for cell in inner {
      digest &*= 0x100_0000_01b3
      if cell.isThere { digest ^= ByteRuns.hash(cell.range, in: lines.bytes) }
    }
    return digest
  }
}
