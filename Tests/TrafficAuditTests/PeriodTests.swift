import Testing
import TrafficAudit

@Suite struct `What an audit counts of a time` {
  private static let day: Int64 = 86_400_000
  private static let start: Int64 = 1_794_182_400_000

  /// Of each day one row without a cost and one in another currency.
  private static let log = (0..<4).flatMap { place -> [String] in
    let time = start + Int64(place) * day
    let bare = MadeRow(time: time)
    let foreign = MadeRow(time: time, cost: 5, extra: ",\"currency\":\"EUR\"")
    return [bare, foreign].map(\.line)
  }.joined(separator: "\n")

  private static func report(since: Int64?, against: Int64? = nil) -> AuditReport {
    AuditedLog(log, since: since, against: against, prices: MadePrices.catalog).report
  }

  @Test func `are the rows of that time alone, priced or in another currency`() {
    let all = Self.report(since: nil)
    #expect(all.pricedByCatalog == 4 && all.otherCurrency == 4 && all.outside == 0)
    let since = Self.report(since: Self.start + 3 * Self.day)
    #expect(since.pricedByCatalog == 1 && since.otherCurrency == 1 && since.outside == 6)
    let compared = Self.report(
      since: Self.start + 3 * Self.day, against: Self.start + 2 * Self.day)
    #expect(compared.pricedByCatalog == 1 && compared.otherCurrency == 1)
    #expect(compared.otherCurrencyBefore == 1 && compared.outside == 4)
    #expect(compared.total.requests == 1 && compared.comparison?.requestsBefore == 1)
  }
}
