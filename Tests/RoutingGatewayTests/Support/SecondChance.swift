/// Trials against deadlines of less than a second, on a machine that may stand still for as long.
///
/// What goes wrong is tried again, twice at most; what goes wrong each time is wrong. That few needed it is
/// for the test to say, or a mistake that comes and goes would stay unseen.
struct SecondChance<Outcome: Sendable>: Sendable {
  let outcome: Outcome
  let isFirst: Bool

  static func of(
    _ trial: () async throws -> Outcome, isRight: (Outcome) -> Bool
  ) async rethrows -> SecondChance {
    let first = try await trial()
    if isRight(first) { return SecondChance(outcome: first, isFirst: true) }
    let second = try await trial()
    if isRight(second) { return SecondChance(outcome: second, isFirst: false) }
    return SecondChance(outcome: try await trial(), isFirst: false)
  }
}
