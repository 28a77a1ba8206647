import PolicyUnits

/// What is counted for a model, whichever deployment is called.
struct ModelHealth: Sendable {
  var repeats: RetryBudget
  var turns = WeightedTurns<DeploymentName>()
  /// Calls that were given a deployment.
  private(set) var choices: UInt64 = 0
  private(set) var repeated: UInt64 = 0
  private(set) var refusals: [NoCall.Reason: UInt64] = [:]

  init(_ rules: HealthBook.Rules) { repeats = RetryBudget(rules.repeats) }

  /// The number of the call.
  mutating func count(isRepeat: Bool, at now: Milliseconds) -> UInt64 {
    repeats.count(isRepeat: isRepeat, at: now)
    choices &+= 1
    if isRepeat { repeated &+= 1 }
    return choices
  }

  mutating func refuse(_ reason: NoCall.Reason) { refusals[reason, default: 0] &+= 1 }
}
