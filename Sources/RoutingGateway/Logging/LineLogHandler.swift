package import Logging
package import RoutingBudgets

/// swift-log's lines in one format to one output.
package struct LineLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  package var logLevel: Logger.Level
  private let format: LogFormat
  private let output: LogOutput
  private let clock: @Sendable () -> Timestamp

  package init(
    _ format: LogFormat, to output: LogOutput, level: Logger.Level = .info,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.format = format
    self.output = output
    logLevel = level
    self.clock = clock
    output.tellLosses { lost in
      let event = LogEvent(
        level: .warning, message: "log lines lost", metadata: nil, source: nil, file: "",
        function: "",
        line: 0)
      return format.line(event, ["log_lines_lost": .stringConvertible(lost)], at: clock().rfc3339)
    }
  }

  package func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let own = event.metadata { all.merge(own) { $1 } }
    output.put(format.line(event, all, at: clock().rfc3339))
  }

  package subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }
}

extension Timestamp {
  /// As `2026-02-28T23:59:59.123Z`.
  var rfc3339: String {
    let (days, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
    let (day, ofDay) = rest < 0 ? (days - 1, rest + 86_400_000) : (days, rest)
    // Howard Hinnant's calendar of days since 0000-03-01, in eras of 400 years.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let civilMonth = month < 10 ? month + 3 : month - 9
    let civilYear = year + era * 400 + (civilMonth <= 2 ? 1 : 0)
    func padded(_ number: Int64, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
    let date =
      "\(padded(civilYear, 4))-\(padded(civilMonth, 2))-\(padded(ofYear - (153 * month + 2) / 5 + 1, 2))"
    let second = ofDay / 1000
    return "\(date)T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2))"
      + ":\(padded(second % 60, 2)).\(padded(ofDay % 1000, 3))Z"
  }
}
