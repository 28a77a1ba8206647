import LedgerExchange
import PolicySource
import RoutingBudgets
import RoutingLedger

/// What a ledger holds of a file already, by the digest that its rows name.
struct EarlierImport {
  /// The rows of each time it was imported, from the first.
  private(set) var rounds: [Set<RequestID>] = []
  private(set) var firstSequence: Int64?

  /// Linear in the ledger's rows.
  init(of digest: StableHash.Digest, in reader: LedgerReader) throws(CommandFailure) {
    var rounds: [Int: Set<RequestID>] = [:]
    var first: Int64?
    try reading { () throws(LedgerFailure) in
      try reader.forEach { row in
        if let round = row.entry.origin.flatMap({ ImportSource.round(of: digest, in: $0) }) {
          rounds[round, default: []].insert(row.entry.id)
          first = first ?? row.sequence
        }
        return true
      }
    }
    let last = rounds.keys.max() ?? -1
    self.rounds = (0..<(last + 1)).map { rounds[$0] ?? [] }
    firstSequence = first
  }

  init() {}
}
