import PolicyUnits
package import RoutingBudgets
import RoutingLedger

/// What came out of a file: every record is counted once, as a row or as a problem.
package struct ImportTally: Hashable, Sendable {
  /// One record that could not be read.
  package struct Refused: Hashable, Sendable {
    package let line: Int
    package let problem: RowProblem
  }

  package private(set) var rows = 0
  package private(set) var refused = 0
  /// The first ones, as many as were asked for.
  package private(set) var problems: [Refused] = []
  /// All of them, by the code of their problem.
  package private(set) var refusedByCode: [String: Int] = [:]
  package private(set) var notes: [RowNote: Int] = [:]
  /// Sums in nano-units, which may exceed what one amount can be.
  package private(set) var exact: Int128 = 0
  package private(set) var atMost: Int128 = 0
  package private(set) var unknownCosts = 0
  package private(set) var inputTokens: Int128 = 0
  package private(set) var outputTokens: Int128 = 0
  package private(set) var earliest: Timestamp?
  package private(set) var latest: Timestamp?
  private let shown: Int

  package init(showing count: Int) { shown = count }

  package var records: Int { rows + refused }

  package mutating func add(_ item: LedgerImport.Item) {
    switch item.row {
    case .success(let row): add(row.entry, notes: row.notes)
    case .failure(let problem): refuse(line: item.line, problem)
    }
  }

  package mutating func refuse(line: Int, _ problem: RowProblem) {
    refused += 1
    refusedByCode[problem.code, default: 0] += 1
    if problems.count < shown { problems.append(Refused(line: line, problem: problem)) }
  }

  private mutating func add(_ entry: LedgerEntry, notes: [RowNote]) {
    rows += 1
    for note in notes { self.notes[note, default: 0] += 1 }
    switch entry.cost.certainty {
    case .exact: exact += Int128(entry.cost.money?.nanos ?? 0)
    case .atMost: atMost += Int128(entry.cost.money?.nanos ?? 0)
    case .unknown: unknownCosts += 1
    }
    for attempt in entry.attempts {
      inputTokens += Int128(attempt.tokens?.input ?? 0)
      outputTokens += Int128(attempt.tokens?.output ?? 0)
    }
    earliest = min(earliest ?? entry.time, entry.time)
    latest = max(latest ?? entry.time, entry.time)
  }
}
