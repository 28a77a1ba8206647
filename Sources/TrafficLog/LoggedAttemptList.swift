import LedgerExchange
import RoutingLedger

/// The calls a row of the ledger lists, held to what a line may say of tokens.
enum LoggedAttemptList {
  static func read(_ bytes: [UInt8]) throws(RowProblem) -> [AttemptEntry] {
    let attempts = try AttemptReading.attempts(json: bytes)
    for (place, attempt) in attempts.enumerated() {
      guard let tokens = attempt.tokens else { continue }
      guard LoggedTokens.counts.contains(tokens.input),
        LoggedTokens.counts.contains(tokens.output), (0...tokens.input).contains(tokens.cachedInput)
      else {
        throw .badField("attempts[\(place)].tokens", reason: "has numbers of tokens that cannot be")
      }
    }
    return attempts
  }
}
