import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// The climbs that tell one policy's ladders and fallbacks from another's: nothing given, each tier
/// reached and left, scores at each threshold of either, and calls that fail.
struct TellingClimbs {
  private let old: CheckedPolicy
  private let new: CheckedPolicy

  init(_ old: Decider, _ new: Decider) {
    self.old = old.graph.policy
    self.new = new.graph.policy
  }

  /// The plainest first.
  func scripts(after decision: Decision) -> [ClimbScript] {
    var scripts = [ClimbScript(old)]
    for leg in decision.plan.legs {
      guard let id = leg.ladder else { continue }
      scripts += climbs(of: old[id])
    }
    scripts += failures(in: decision.plan)
    return scripts
  }

  private func climbs(of ladder: CheckedLadder) -> [ClimbScript] {
    var scripts: [ClimbScript] = []
    for (index, tier) in ladder.tiers.enumerated() {
      var reached = ClimbScript(old)
      if reached.reach(index, of: ladder) { scripts.append(reached) }
      for pass in tier.accepts.indices {
        var left = ClimbScript(old)
        if left.reject(at: pass, of: index, in: ladder) { scripts.append(left) }
      }
      for score in scores(at: tier, index, of: ladder.name) {
        var told = ClimbScript(old)
        guard told.reach(index, of: ladder, scoring: score) else { continue }
        scripts.append(told)
      }
    }
    return scripts
  }

  /// Scores on either side of both policies' thresholds.
  private func scores(at tier: CheckedLadder.Tier, _ index: Int, of name: String) -> [Score] {
    let others = new.ladders.first { $0.name == name }?.tiers ?? []
    let accepts = tier.accepts + (others.indices.contains(index) ? others[index].accepts : [])
    let edges = Set(accepts.compactMap(\.threshold?.score.millionths))
    return edges.sorted().flatMap { [$0, $0 - 10_000, $0 + 10_000] }
      .filter { (0...1_000_000).contains($0) }.map(Score.init(millionths:))
  }

  /// Everything before a leg fails in each way there is, leg by leg.
  private func failures(in plan: Plan) -> [ClimbScript] {
    var scripts: [ClimbScript] = []
    for last in plan.legs.indices {
      for failure in CallFailure.allCases {
        var script = ClimbScript(old)
        for call in plan.calls where call.step.answers {
          guard let leg = call.step.leg, leg <= last, let model = call.model else { continue }
          script.fail(model, failure)
        }
        scripts.append(script)
      }
    }
    return scripts
  }
}
