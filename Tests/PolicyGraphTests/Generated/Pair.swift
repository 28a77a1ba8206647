import PolicySemantics

@testable import PolicyGraph

/// One policy and one request, decided by both.
enum Pair {
  /// What the two have to agree on.
  enum Verdict: Equatable {
    case route(Int, task: Int?)
    case needs(Int)
    case refused(fact: String, isMissing: Bool)
    case other
  }

  static func byGraph(
    _ graph: DecisionGraph, _ input: RequestInput, _ scratch: inout Scratch
  ) -> Verdict {
    do throws(FactProblem) {
      var facts = try graph.facts(of: input)
      return verdict(graph.decide(&facts, in: &scratch))
    } catch {
      return verdict(error)
    }
  }

  static func verdict(_ outcome: RouteOutcome) -> Verdict {
    switch outcome {
    case .route(let route, let task): .route(route.index, task: task?.index)
    case .needs(let classifier): .needs(classifier.index)
    case .unreadable: .other
    }
  }

  static func verdict(_ problem: FactProblem) -> Verdict {
    switch problem {
    case .missing(let fact): .refused(fact: fact.name, isMissing: true)
    case .outsideType(let fact, _): .refused(fact: fact.name, isMissing: false)
    case .textTooLong: .other
    }
  }

  static func byReference(
    _ policy: CheckedPolicy, _ input: RequestInput, _ memory: ReferenceTexts.Memory,
    seen: @escaping (RequestTest, ReferenceTruth) -> Void = { _, _ in }
  ) -> (verdict: Verdict, reference: Reference?) {
    do throws(Reference.Refusal) {
      let facts = try Reference.facts(of: policy, input)
      let reference = Reference(
        policy: policy, input: input, facts: facts,
        texts: ReferenceTexts(input.messages, memory), seen: seen)
      switch reference.decide() {
      case .route(let route, let task): return (.route(route, task: task), reference)
      case .needs(let classifier): return (.needs(classifier), reference)
      }
    } catch {
      switch error {
      case .missing(let fact): return (.refused(fact: fact, isMissing: true), nil)
      case .outside(let fact): return (.refused(fact: fact, isMissing: false), nil)
      }
    }
  }
}
