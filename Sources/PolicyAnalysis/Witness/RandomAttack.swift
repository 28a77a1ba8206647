package import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// Attacks a finding that something is absent: random requests that should be touched by it, tried
/// on the evaluator until one refutes it.
///
/// A proof needs no attack. It is made anyway: what refutes a proof is a mistake in the analysis,
/// and then the finding is not printed. Seeded, so that the same policy is attacked the same way.
package struct RandomAttack {
  private let regions: RegionSpace
  private let policy: Int
  private var dice: Dice

  package init(_ regions: RegionSpace, policy: Int = 0, seed: UInt64 = 1) {
    self.regions = regions
    self.policy = policy
    dice = Dice(seed: seed)
  }

  /// The first request that refutes a finding; nil if none of those tried does.
  ///
  /// Half of the requests are built from random assignments of the region, half are sampled with the
  /// condition at `site` in view, which knows nothing of diagrams.
  package mutating func counterexample(
    around region: Diagram, aiming site: ConditionSite?, tries: Int,
    refutes: (RequestInput) -> Bool
  ) throws(DiagramsTooLarge) -> RequestInput? {
    let checked = regions.graphs[policy].policy
    let target = site.flatMap { checked.condition(at: $0) }
    var sampler = target.map { RequestSampler(checked, aiming: $0, seed: dice.next()) }
    for number in 0..<tries {
      if number % 2 == 0, let input = try request(in: region) {
        if refutes(input) { return input }
      } else if var input = sampler?.next() {
        input.completeFacts(checked)
        if refutes(input) { return input }
      }
    }
    return nil
  }

  /// A random request meant to be in a region; nil if none could be built.
  package mutating func request(
    in region: Diagram
  ) throws(DiagramsTooLarge) -> RequestInput? {
    guard let draft = try draft(in: region) else { return nil }
    return draft.input(for: regions.graphs[policy])
  }

  /// The same in names, as both of two policies can read it.
  package mutating func draft(
    in region: Diagram
  ) throws(DiagramsTooLarge) -> RequestDraft? {
    guard let rough = regions.store.randomModel(in: region, &dice) else { return nil }
    var found = try regions.feasible(try regions.cube(rough))
    // The ties may forbid what chance put together; then other cells of the region will do.
    if found == nil { found = try regions.feasible(region) }
    guard let model = found?.model else { return nil }
    return try? regions.witnesses.builder.request(of: model, variation: dice.below(4))
  }
}

extension RequestInput {
  /// Adds the required facts a sample lacks: without them it would be refused.
  fileprivate mutating func completeFacts(_ policy: CheckedPolicy) {
    for fact in policy.facts where fact.byDefault == nil {
      switch fact.origin {
      case .metadata:
        if metadata[fact.name] == nil { metadata[fact.name] = fact.plainGiven }
      case .key:
        if keyFacts[fact.name] == nil { keyFacts[fact.name] = fact.plainGiven }
      case .header(let header):
        if headers[header] == nil { headers[header] = fact.plainText }
      }
    }
  }
}

extension CheckedFact {
  fileprivate var plainGiven: GivenFact { .text(plainText) }

  /// As a header spells a value of the type; a bool and a count are taken from text anywhere.
  fileprivate var plainText: String {
    switch type {
    case .bool: "false"
    case .count: "0"
    case .text: "other"
    case .labels(let labels): labels.first ?? ""
    }
  }
}
