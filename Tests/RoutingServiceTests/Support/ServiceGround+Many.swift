import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingService
import StandInProvider
import Testing

extension ServiceGround {
  /// Asks many questions, so many at a time; every one leaves a row.
  func askMany(
    _ count: Int, atOnce: Int, _ question: @escaping @Sendable (Int) -> String
  ) async throws -> [LedgerEntry] {
    try await withThrowingTaskGroup(of: LedgerEntry.self) { group in
      var rows: [LedgerEntry] = []
      var next = 0
      func start() {
        let number = next
        next += 1
        group.addTask {
          let outcome = try await self.ask(
            question(number), tenant: "acme", more: #","max_tokens":16"#)
          return try #require(outcome.row).entry
        }
      }
      while next < min(count, atOnce) { start() }
      while let row = try await group.next() {
        rows.append(row)
        if next < count { start() }
      }
      return rows
    }
  }

  /// The provider's own count of calls and tokens is that of the rows.
  func expectSameAsProvider(
    _ rows: [LedgerEntry], _ place: SourceLocation = #_sourceLocation
  ) {
    let seen = standIn.stats
    let attempts = rows.flatMap(\.attempts).filter { $0.attempt > 0 }
    #expect(attempts.count == seen.calls, sourceLocation: place)
    let input = seen.models.values.reduce(0) { $0 + Int64($1.promptTokens) }
    let output = seen.models.values.reduce(0) { $0 + Int64($1.completionTokens) }
    #expect(
      attempts.reduce(0) { $0 + ($1.tokens?.input ?? 0) } == input, sourceLocation: place)
    #expect(
      attempts.reduce(0) { $0 + ($1.tokens?.output ?? 0) } == output, sourceLocation: place)
  }
}
