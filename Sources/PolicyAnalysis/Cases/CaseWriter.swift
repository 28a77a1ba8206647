package import PolicyGraph
package import PolicySemantics
package import RoutingRuntime

/// Writes requests that were found as tests: each is decided again as the test makes it.
package struct CaseWriter {
  /// The request of a file with this body, as a test reads it; nil if it is none.
  package typealias BodyReader = (String) -> RequestInput?

  private let decider: Decider
  private let reading: BodyReader
  private var titles: Set<String>

  package init(_ decider: Decider, reading: @escaping BodyReader) {
    self.decider = decider
    self.reading = reading
    let policy = decider.graph.policy
    titles = Set(policy.tests.map(\.title) + policy.always.map(\.title))
  }

  /// A request as a test makes it, and what is decided of it then.
  package struct Written {
    package let draft: RequestDraft
    package let block: RequestBlock
    /// What its file says; nil where the block says all.
    package let body: String?
    package let decision: Decision

    /// Nil if it is refused before a route is looked for.
    package var route: RouteID? { decision.route }
  }

  /// Nil if no test says what the request says, or if a test's request is not decided.
  ///
  /// A test is given the answers of the classifiers that its decision asks for, or of `all` that the
  /// request was made for.
  package func written(_ draft: RequestDraft, givenAll all: Bool = false) -> Written? {
    let input = draft.input(for: decider.graph)
    var body: String?
    var file: RequestInput?
    let policy = decider.graph.policy
    var classifiers: Set<ClassifierID> = []
    for (index, classifier) in policy.classifiers.enumerated()
    where all && draft.classifiers[classifier.name] != nil {
      classifiers.insert(ClassifierID(index))
    }
    for _ in 0...policy.classifiers.count {
      var block = RequestBlock(input, decider.graph, classifiers: classifiers)
      guard block.missing.isEmpty else { return nil }
      if block.whyFile != nil {
        if body == nil {
          let text = WitnessRequest(draft, policy).body
          (body, file) = (text, reading(text))
        }
        guard let file else { return nil }
        block.read(file)
      }
      guard let decision = try? decider.decide(block.input) else { return nil }
      guard case .needs(let classifier) = decision.outcome else {
        return Written(draft: draft, block: block, body: body, decision: decision)
      }
      guard input.state.classifiers[classifier] != nil,
        classifiers.insert(classifier).inserted
      else { return nil }
    }
    return nil
  }

  /// Why there is no test of a request.
  package func whyNot(_ witness: Witness) -> CaseWithoutTest.Reason {
    let missing = RequestBlock(witness.input, decider.graph).missing
    return missing.isEmpty ? .decidedOtherwise : .notWritable(missing)
  }

  /// The block with what it shows of the decision, under a title no other test has.
  package mutating func named(_ title: String, _ written: Written) -> PolicyCase {
    var first: ModelID?
    var refuser: String?
    switch written.decision.outcome {
    case .route: first = written.decision.plan.first?.model
    case .refused(let refusal): refuser = refusal.refuser(in: decider.graph.policy)
    case .needs: break
    }
    return PolicyCase(
      title: unused(title), route: written.route, block: written.block, body: written.body,
      draft: written.draft, task: written.decision.task, first: first, refuser: refuser)
  }

  /// A request that lacks a fact and is refused for it; nil if it is not, or if no test says it.
  mutating func without(_ id: FactID, _ draft: RequestDraft) -> PolicyCase? {
    let fact = decider.graph.policy[id].name
    var block = RequestBlock(draft.input(for: decider.graph), decider.graph)
    block.leaveOut(id)
    guard block.missing.isEmpty, block.whyFile == nil else { return nil }
    do throws(FactProblem) {
      _ = try decider.decide(block.input)
      return nil
    } catch {
      guard error.fact == fact else { return nil }
    }
    return PolicyCase(
      title: unused("without \(fact)"), route: nil, block: block, body: nil,
      draft: draft.lacking(fact), task: nil, first: nil, refuser: fact)
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

extension RequestDraft {
  fileprivate func lacking(_ fact: String) -> RequestDraft {
    var draft = self
    draft.facts[fact] = nil
    return draft
  }
}
