import RoutingLedger

/// The request traces of Azure's public data sets: a time, input tokens, output tokens.
enum AzureTraceRow {
  static let columns = ["TIMESTAMP", "ContextTokens", "GeneratedTokens"]

  static func read(
    _ record: SourceRecord, _ notes: inout [RowNote]
  ) throws(RowProblem) -> ForeignRow {
    guard let time = try record.time(columns[0], &notes) else { throw .missing(column: columns[0]) }
    guard let input = try record.count(columns[1]) else { throw .missing(column: columns[1]) }
    guard let output = try record.count(columns[2]) else { throw .missing(column: columns[2]) }
    var row = ForeignRow(time: time)
    row.tokens = TokenEntry(input: input, output: output)
    return row
  }
}
