import PolicyUnits
import RoutingLedger

/// A record of any file whose columns were named with a mapping.
struct MappedRow {
  let mapping: ColumnMapping
  let roundsUp: Bool

  func read(
    _ record: SourceRecord, _ notes: inout [RowNote]
  ) throws(RowProblem) -> ForeignRow {
    let timeColumn = mapping[.time] ?? ColumnMapping.Field.time.rawValue
    guard let time = try record.time(timeColumn, &notes) else {
      throw .missing(column: timeColumn)
    }
    var row = ForeignRow(time: time)
    row.caller = LedgerEntry.Caller(
      tenant: try record.text(mapping[.tenant]), user: try record.text(mapping[.user]),
      key: try record.text(mapping[.key]), conversation: try record.text(mapping[.conversation]))
    row.model = try record.text(mapping[.model])
    row.provider = try record.text(mapping[.provider])
    row.name = try record.text(mapping[.id])
    row.tokens = try tokens(of: record)
    row.knowsParts = mapping[.cachedTokens] != nil
    row.cost = try record.cost(mapping[.cost], roundsUp: roundsUp, &notes) ?? .unknown
    row.elapsed = try record.milliseconds(mapping[.latency])
    row.firstByte = try record.milliseconds(mapping[.firstByte])
    if let column = mapping[.status], let text = try record.text(column) {
      guard let status = ForeignStatus(text) else {
        throw .unknownStatus(column: column, text: ShownText.of(text))
      }
      row.status = status.status
      row.httpStatus = status.http
    }
    return row
  }

  /// Nil where neither count is there; one without the other is a gap.
  private func tokens(of record: SourceRecord) throws(RowProblem) -> TokenEntry? {
    guard let inputColumn = mapping[.inputTokens], let outputColumn = mapping[.outputTokens] else {
      return nil
    }
    switch (try record.count(inputColumn), try record.count(outputColumn)) {
    case (nil, nil): return nil
    case (nil, _?): throw .missing(column: inputColumn)
    case (_?, nil): throw .missing(column: outputColumn)
    case (let input?, let output?):
      let cached = try record.count(mapping[.cachedTokens]) ?? 0
      let written = try record.count(mapping[.writtenTokens]) ?? 0
      let reasoning = try record.count(mapping[.reasoningTokens]) ?? 0
      guard cached <= input, written <= input - cached else {
        throw .partAboveWhole(
          column: mapping[.cachedTokens] ?? mapping[.writtenTokens] ?? inputColumn)
      }
      guard reasoning <= output else {
        throw .partAboveWhole(column: mapping[.reasoningTokens] ?? outputColumn)
      }
      return TokenEntry(
        input: input, cachedInput: cached, cacheWrite: written, output: output,
        reasoning: reasoning)
    }
  }
}

/// How a request ended, in the words of other programs.
struct ForeignStatus: Hashable {
  let status: LedgerEntry.Status
  var http: Int64?

  /// Nil for a word nobody knows.
  init?(_ text: String) {
    if let own = LedgerEntry.Status(rawValue: text.lowercased()) {
      status = own
      return
    }
    if let code = NumberText.count(text), (100...599).contains(code) {
      http = code
      status = code < 400 ? .answered : code == 499 ? .cancelled : .failed
      return
    }
    switch text.lowercased() {
    case "success", "succeeded", "ok", "completed", "complete", "done", "true": status = .answered
    case "failure", "fail", "error", "errored", "timeout", "false": status = .failed
    case "canceled", "aborted": status = .cancelled
    case "blocked", "denied", "rejected": status = .refused
    default: return nil
    }
  }
}
