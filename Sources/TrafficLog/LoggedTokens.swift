import JSONReading

/// The tokens a line counts, under its own names or as OpenAI's `usage`.
struct LoggedTokens {
  /// Where a line may say them.
  struct Cells {
    let input: JSONCell
    let cachedInput: JSONCell
    let output: JSONCell
    let usage: JSONCell
  }

  /// Nil where it does not say.
  private(set) var input: Int64?
  private(set) var cachedInput: Int64 = 0
  /// Whether it says how much was cached.
  private(set) var countsCached = false
  private(set) var output: Int64?

  private static let usageColumns = JSONColumns([
    "prompt_tokens", "completion_tokens", "prompt_tokens_details",
  ])
  private static let detailColumns = JSONColumns(["cached_tokens"])

  /// `inner` is room for cells, so that none is allocated for each line.
  init(
    _ cells: borrowing Cells, _ lines: borrowing JSONLines, _ inner: inout [JSONCell]
  ) throws(LogProblem.Reason) {
    input = try Self.count(cells.input, .inputTokens, in: lines)
    output = try Self.count(cells.output, .outputTokens, in: lines)
    if let cached = try Self.count(cells.cachedInput, .cachedInputTokens, in: lines) {
      take(cached: cached)
    }
    if cells.usage.isObject {
      lines.pick(Self.usageColumns, in: cells.usage.object, into: &inner)
      let details = inner[2]
      input = try Self.count(inner[0], .usage, in: lines) ?? input
      output = try Self.count(inner[1], .usage, in: lines) ?? output
      if details.isObject {
        lines.pick(Self.detailColumns, in: details.object, into: &inner)
        if let cached = try Self.count(inner[0], .usage, in: lines) { take(cached: cached) }
      }
    }
    if let input, cachedInput > input {
      throw .wrong(.cachedInputTokens, "part of the input tokens")
    }
  }

  private mutating func take(cached: Int64) {
    cachedInput = cached
    countsCached = true
  }

  /// What a number of tokens may be.
  static let counts: ClosedRange<Int64> = 0...(1 << 40)

  /// The most tokens of an answer, by the newer name where both stand; nil where neither does.
  static func most(
    _ cell: JSONCell, newer: JSONCell, in lines: borrowing JSONLines
  ) throws(LogProblem.Reason) -> Int64? {
    if let most = try count(newer, .maxCompletionTokens, in: lines) { return most }
    return try count(cell, .maxTokens, in: lines)
  }

  /// Nil where nothing stands.
  static func count(
    _ cell: JSONCell, _ member: LogMember, in lines: borrowing JSONLines
  ) throws(LogProblem.Reason) -> Int64? {
    guard cell.isThere else { return nil }
    guard let count = cell.whole ?? cell.integer(in: lines.bytes), counts.contains(count)
    else {
      throw .wrong(member, "number of tokens")
    }
    return count
  }
}
