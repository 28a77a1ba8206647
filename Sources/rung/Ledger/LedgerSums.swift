import PolicyUnits
import RoutingBudgets
import RoutingLedger

/// What the rows of a ledger come to.
struct LedgerSums: Sendable {
  struct Sum: Sendable {
    var rows = 0
    var imported = 0
    /// In nano-units, which may exceed what one amount can be.
    var exact: Int128 = 0
    var atMost: Int128 = 0
    var unknown = 0
  }

  /// By currency.
  private(set) var sums: [String: Sum] = [:]
  private(set) var earliest: Timestamp?
  private(set) var latest: Timestamp?

  /// Linear in the rows; nil if they cannot be read.
  init?(of path: String) {
    var sums: [String: Sum] = [:]
    var earliest: Timestamp?
    var latest: Timestamp?
    do throws(LedgerFailure) {
      try LedgerReader(path: path).forEach { row in
        let entry = row.entry
        sums[entry.currency, default: Sum()].add(entry)
        earliest = min(earliest ?? entry.time, entry.time)
        latest = max(latest ?? entry.time, entry.time)
        return true
      }
    } catch {
      return nil
    }
    self.sums = sums
    self.earliest = earliest
    self.latest = latest
  }
}

extension LedgerSums.Sum {
  fileprivate mutating func add(_ entry: LedgerEntry) {
    rows += 1
    if entry.origin != nil { imported += 1 }
    switch entry.cost.certainty {
    case .exact: exact += Int128(entry.cost.money?.nanos ?? 0)
    case .atMost: atMost += Int128(entry.cost.money?.nanos ?? 0)
    case .unknown: unknown += 1
    }
  }

  /// As `$1.25, at most $0.10 more, unknown for 3 rows`.
  func text(in currency: String) -> String {
    var parts: [String] = []
    if exact > 0 || atMost == 0 && unknown == 0 { parts.append(Self.amount(exact, currency)) }
    if atMost > 0 {
      let amount = Self.amount(atMost, currency)
      parts.append(exact > 0 ? "at most \(amount) more" : "at most \(amount)")
    }
    if unknown > 0 { parts.append("unknown for \(LedgerImportReport.count(unknown, "row"))") }
    return parts.joined(separator: ", ")
  }

  private static func amount(_ nanos: Int128, _ currency: String) -> String {
    Amounts.text(Money(nanos: Int64(clamping: nanos)), currency: currency)
  }
}
