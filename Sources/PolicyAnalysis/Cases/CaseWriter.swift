package import PolicyGraph
package import PolicySemantics
package import RoutingRuntime

/// Writes requests that were found as `test` blocks: each is decided again as the block makes it.
package struct CaseWriter {
  private let decider: Decider
  private var titles: Set<String>

  package init(_ decider: Decider) {
    self.decider = decider
    let policy = decider.graph.policy
    titles = Set(policy.tests.map(\.title) + policy.always.map(\.title))
  }

  /// A request as a test block would make it, and what is decided of it then.
  package struct Written {
    package let block: RequestBlock
    package let decision: Decision
    package let route: RouteID
  }

  /// Nil if no test block says what the request says, or if what it says is decided otherwise.
  package func written(_ witness: Witness) -> Written? { written(witness.input) }

  /// The same of any request.
  package func written(_ input: RequestInput) -> Written? {
    guard let (block, decision) = settled(input), let route = decision.route else { return nil }
    return Written(block: block, decision: decision, route: route)
  }

  /// Why there is no block of a request.
  package func whyNot(_ witness: Witness) -> CaseWithoutTest.Reason {
    let missing = RequestBlock(witness.input, decider.graph).missing
    return missing.isEmpty ? .decidedOtherwise : .notWritable(missing)
  }

  /// The block with what it shows of the decision, under a title no other test has.
  package mutating func named(
    _ title: String, _ written: Written, of draft: RequestDraft
  ) -> PolicyCase {
    var first: ModelID?
    var refuser: String?
    switch written.decision.outcome {
    case .route where written.decision.arm?.hashed == .request:
      // Drawn for each request: one that only looks alike may draw another arm.
      break
    case .route: first = written.decision.plan.first?.model
    case .refused(let refusal): refuser = refusal.refuser(in: decider.graph.policy)
    case .needs: break
    }
    return PolicyCase(
      title: unused(title), route: written.route, block: written.block, draft: draft,
      task: written.decision.task, first: first, refuser: refuser)
  }

  /// The block of a request with the classifiers its decision asks for, and what is decided of the
  /// request that the block makes; nil if it cannot be decided.
  private func settled(_ input: RequestInput) -> (RequestBlock, Decision)? {
    var classifiers: Set<ClassifierID> = []
    for _ in 0...decider.graph.policy.classifiers.count {
      let block = RequestBlock(input, decider.graph, classifiers: classifiers)
      guard let decision = try? decider.decide(block.input) else { return nil }
      guard case .needs(let classifier) = decision.outcome else { return (block, decision) }
      guard input.state.classifiers[classifier] != nil,
        classifiers.insert(classifier).inserted
      else { return nil }
    }
    return nil
  }

  /// Titles are names: none is used twice.
  private mutating func unused(_ title: String) -> String {
    var name = title
    var number = 2
    while !titles.insert(name).inserted {
      name = "\(title) (\(number))"
      number += 1
    }
    return name
  }
}
