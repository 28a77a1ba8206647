import ArgumentParser
import LedgerExchange
import RoutingBudgets
import RoutingLedger

/// Which rows of it.
struct LedgerFilterArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Rows from this time on: 2026-10-01, 2026-10-01T09:30:00+02:00, or 2h for two hours ago.",
      valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("Rows before this time.", valueName: "time"))
  var until: String?

  @Option(help: "Rows of this tenant.")
  var tenant: String?

  @Option(help: "Rows of this route.")
  var route: String?

  @Option(help: "Rows answered by this model.")
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Rows that ended so: \(LedgerEntry.Status.allCases.map(\.rawValue).joined(separator: ", ")).")
  )
  var status: LedgerEntry.Status?

  func filter() throws(CommandFailure) -> LedgerFilter {
    var filter = LedgerFilter()
    filter.since = try Self.time("--since", since)
    filter.until = try Self.time("--until", until)
    filter.tenant = tenant
    filter.route = route
    filter.model = model
    filter.status = status
    return filter
  }

  static func time(
    _ option: String, _ text: String?
  ) throws(CommandFailure) -> Timestamp? {
    guard let text else { return nil }
    if let reading = ISOTime.read(text) { return reading.time }
    if let span = ago(text) {
      return Timestamp(milliseconds: Moment.timestamp.milliseconds - span)
    }
    throw CommandFailure(
      "`\(option) \(text)` is no time: write it as 2026-10-01, as 2026-10-01T09:30:00Z, or as 2h "
        + "for two hours ago (m, h, d)")
  }

  /// `30m`, `2h` or `7d` in milliseconds.
  private static func ago(_ text: String) -> Int64? {
    let units: [Character: Int64] = ["m": 60_000, "h": 3_600_000, "d": 86_400_000]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
      (0...100_000).contains(count)
    else { return nil }
    return count * unit
  }
}

extension LedgerEntry.Status: ExpressibleByArgument {}
