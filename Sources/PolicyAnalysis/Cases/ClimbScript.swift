package import PolicySemantics
import PolicySource
package import PolicyUnits
import RoutingRuntime

/// What a test has to be given for a climb to go a certain way: scores and verdicts of gates, and
/// calls that fail.
package struct ClimbScript: Sendable {
  /// For the one who runs the climb.
  package private(set) var given: [CheckedTest.Given] = []
  /// The same as a test block writes it: `helpful = 0.79 at qwen3-8b`.
  package private(set) var lines: [String] = []
  private let policy: CheckedPolicy
  private let nowhere: Span

  package init(_ policy: CheckedPolicy) {
    self.policy = policy
    nowhere = Span(file: SourceID(0), start: 0, end: 0)
  }

  /// Lets a ladder be climbed up to a tier, and every answer of that tier be taken.
  ///
  /// - Returns: false if no answer of a tier before it can be rejected.
  package mutating func reach(_ tier: Int, of ladder: CheckedLadder) -> Bool {
    for index in 0..<tier where !leave(ladder.tiers[index]) { return false }
    return ladder.tiers[tier].accepts.allSatisfy { say(true, $0, of: ladder.tiers[tier]) }
  }

  /// Lets one gate of a tier say no, those before it yes, and every tier after it take its answer.
  ///
  /// - Returns: false if the gate, or one on the way, cannot say that.
  package mutating func reject(at pass: Int, of tier: Int, in ladder: CheckedLadder) -> Bool {
    for index in 0..<tier where !leave(ladder.tiers[index]) { return false }
    let rejecting = ladder.tiers[tier]
    for (index, gate) in rejecting.accepts.enumerated()
    where index <= pass && !say(index < pass, gate, of: rejecting) { return false }
    for above in ladder.tiers.dropFirst(tier + 1) {
      for gate in above.accepts where !say(true, gate, of: above) { return false }
    }
    return true
  }

  /// Lets one gate of a tier fail, and all others of it and of the tiers after it say yes.
  ///
  /// - Returns: false if no answer of a tier before it can be rejected, or another gate says no to
  ///   every answer.
  package mutating func fail(at pass: Int, of tier: Int, in ladder: CheckedLadder) -> Bool {
    for index in 0..<tier where !leave(ladder.tiers[index]) { return false }
    let asking = ladder.tiers[tier]
    for (index, gate) in asking.accepts.enumerated() {
      guard index != pass else {
        given.append(.gateFails(gate.gate, at: asking.model, nowhere))
        add("\(policy[gate.gate].name) fails \(CallFailure.unavailable.rawValue)", asking.model)
        continue
      }
      guard say(true, gate, of: asking) else { return false }
    }
    for above in ladder.tiers.dropFirst(tier + 1) {
      for gate in above.accepts where !say(true, gate, of: above) { return false }
    }
    return true
  }

  /// Lets a tier be reached and all its gates that score give this score; every tier after it takes
  /// its answer.
  package mutating func reach(
    _ tier: Int, of ladder: CheckedLadder, scoring score: Score
  ) -> Bool {
    for index in 0..<tier where !leave(ladder.tiers[index]) { return false }
    let told = ladder.tiers[tier]
    for pass in told.accepts {
      guard pass.threshold != nil else {
        guard say(true, pass, of: told) else { return false }
        continue
      }
      self.score(pass.gate, score, at: told.model)
    }
    for above in ladder.tiers.dropFirst(tier + 1) {
      for gate in above.accepts where !say(true, gate, of: above) { return false }
    }
    return true
  }

  /// Lets every call of a model fail.
  package mutating func fail(_ model: ModelID, _ failure: CallFailure) {
    let line = "\(policy[model].name) fails \(failure.rawValue)"
    guard !lines.contains(line) else { return }
    given.append(.fails(model, failure, nowhere))
    lines.append(line)
  }

  /// Lets a gate give this score to the answer of a model.
  private mutating func score(_ gate: GateID, _ score: Score, at model: ModelID) {
    given.append(.score(gate, score, at: model, nowhere))
    add("\(policy[gate].name) = \(RequestBlock.decimal(score.millionths, places: 6))", model)
  }

  /// The answer of a tier is not taken: its first gate says no, or its call fails if it has none.
  private mutating func leave(_ tier: CheckedLadder.Tier) -> Bool {
    guard let first = tier.accepts.first else {
      fail(tier.model, .unavailable)
      return true
    }
    return say(false, first, of: tier)
  }

  private mutating func say(
    _ accepts: Bool, _ pass: CheckedLadder.Pass, of tier: CheckedLadder.Tier
  ) -> Bool {
    guard let threshold = pass.threshold else {
      given.append(.verdict(pass.gate, accepts, at: tier.model, nowhere))
      add("\(policy[pass.gate].name) = \(accepts)", tier.model)
      return true
    }
    guard let value = threshold.score(taken: accepts) else { return false }
    score(pass.gate, value, at: tier.model)
    return true
  }

  /// Without the lines that nothing hangs on: `isEnough` says whether fewer do as well.
  package func pruned(_ isEnough: (ClimbScript) -> Bool) -> ClimbScript {
    var script = self
    for index in lines.indices.reversed() {
      var fewer = script
      fewer.given.remove(at: index)
      fewer.lines.remove(at: index)
      if isEnough(fewer) { script = fewer }
    }
    return script
  }

  private mutating func add(_ line: String, _ model: ModelID) {
    lines.append("\(line) at \(policy[model].name)")
  }
}

extension CheckedLadder.Threshold {
  /// The score nearest to the threshold, to two places, that is taken or is not; nil if there is
  /// none between 0 and 1.
  package func score(taken: Bool) -> Score? {
    let step: Int64 = 10_000
    let edge = score.millionths
    let candidates =
      taken
      ? [edge, edge + step, edge - step] : [edge - step, edge + step, edge - 1, edge + 1, edge]
    return candidates.first {
      (0...1_000_000).contains($0) && comparison.holds($0, edge) == taken
    }.map(Score.init(millionths:))
  }
}
