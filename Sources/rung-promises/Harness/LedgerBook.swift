import Foundation
import PolicyUnits
import PromiseEvidence
import RoutingBudgets
import RoutingLedger

/// A ledger as a reader finds it, no writer being there.
struct LedgerBook {
  let rows: [ChainedEntry]
  let open: [OpenRequest]

  init(at path: URL) throws {
    let reader = try LedgerReader(path: path.path)
    var rows: [ChainedEntry] = []
    try reader.forEach { row in
      rows.append(row)
      return true
    }
    self.rows = rows
    open = try reader.openRequests()
  }

  /// As evidence; a request that is still open counts as a lost one, at what may have been billed.
  var evidence: [Evidence.Row] {
    rows.map { row in
      Evidence.Row(
        id: "\(row.entry.id)", marker: Self.marker(row.entry), cost: row.entry.cost.money?.nanos,
        isLost: row.entry.status == .lost)
    }
      + open.map { request in
        let claims = request.reservation.claims
        let amounts = zip(request.progress.used, request.progress.pending).map { $0 + $1 }
        return Evidence.Row(
          id: "\(request.reservation.id)",
          marker: claims.lazy.compactMap { $0.key.owner.flatMap { Marker(in: $0) } }.first,
          cost: zip(claims, amounts).filter { $0.0.key.unit == .money }.map(\.1).max(),
          isLost: true)
      }
  }

  /// A lost row has no caller; whom it is charged to names it.
  private static func marker(_ entry: LedgerEntry) -> Marker? {
    let names = [entry.caller.user] + entry.charges.map(\.key.owner)
    return names.lazy.compactMap { $0.flatMap { Marker(in: $0) } }.first
  }

  /// For each counter with a cap: what its rows charge beyond it.
  func overspent(_ caps: [String: Int64]) -> [String] {
    var sums: [CounterName: Int64] = [:]
    for row in rows {
      for charge in row.entry.charges {
        sums[CounterName(charge), default: 0] += charge.amount
      }
    }
    return sums.compactMap { name, sum in
      guard let cap = caps[name.budget], sum > cap else { return nil }
      return "\(name.budget) \(name.owner ?? "") has \(sum) of \(cap)"
    }.sorted()
  }

  private struct CounterName: Hashable {
    let budget: String
    let owner: String?

    init(_ charge: ChargeEntry) {
      budget = charge.key.budget
      owner = charge.key.owner
    }
  }
}
