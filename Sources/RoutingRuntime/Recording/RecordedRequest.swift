package import PolicyGraph
package import PolicySemantics
package import PolicySource

/// All a decision and its explanation read of one request, without a text of its messages.
///
/// Deciding it again under the same policy and catalog gives the decision the request got, and
/// explaining that gives the same words, but that words found in a text are named as the policy
/// writes them. What it does hold of the caller's own: facts, identities, the model and, where the
/// policy asks for them, the tools it named. A fact of type `text` is metadata the caller gave to be
/// decided by, so it is in the record; a prompt put there is kept there.
package struct RecordedRequest: Sendable, PlannableRequest {
  package internal(set) var facts: RecordedFacts
  package let sizes: RecordedSizes
  package let maxTokens: Int64?
  package let choices: Int64
  package let format: RequestFormat
  package let hasImages: Bool
  package let hasUser: Bool
  package let hasConversation: Bool
  package let lastModel: ModelID?
  /// Only where a split of the policy would hash this request itself.
  package let splitDigest: StableHash.Digest?
  /// By budget; those that are not here have used nothing.
  package let budgetUse: [BudgetID: Int64]
  package let expectations: Expectations
  /// Of the decision as it was made: see ``Decision/mark``.
  package let mark: UInt64

  package var model: String { facts.identities.model }
  package var hasTools: Bool { sizes.hasTools }
  package var textDigest: StableHash.Digest {
    splitDigest ?? StableHash.Digest(first: 0, second: 0)
  }

  package func used(of budget: BudgetID) -> Int64 { budgetUse[budget] ?? 0 }

  package func measure(dropsTools: Bool) -> InputMeasure {
    InputMeasure(recorded: sizes, dropsTools: dropsTools)
  }

  /// The same request with a classifier's answer, to see what it would lead to.
  package func answering(_ classifier: ClassifierID, label: Int) -> RecordedRequest {
    var request = self
    request.facts.settle(classifier, label: label)
    return request
  }
}

extension Decider {
  /// Measures a request, once for the decision and the record of it: O(bytes of the texts).
  package func sizes(of input: borrowing RequestInput) -> RecordedSizes {
    RecordedSizes(input, families: frozen.families)
  }

  /// Records a request that was just decided: the bytes a ledger keeps of it.
  ///
  /// `facts` are those the decision was made from, with all it found on the way.
  ///
  /// - Complexity: O(tests of the policy), and where a split hashes the request, O(bytes of the texts).
  package func record(
    _ decision: Decision, of input: borrowing RequestInput, measured sizes: RecordedSizes,
    _ facts: inout RequestFacts, expecting expectations: Expectations = Expectations(),
    in scratch: inout Scratch
  ) -> [UInt8] {
    let needsDigest = frozen.routes.contains { route in
      route.split.map { SplitKey.isRequest($0.by, facts.identities) } ?? false
    }
    let request = RecordedRequest(
      facts: graph.record(&facts, of: input, in: &scratch),
      sizes: sizes,
      maxTokens: input.maxTokens, choices: input.choices, format: input.format,
      hasImages: input.hasImages,
      hasUser: input.hasUser, hasConversation: input.hasConversation, lastModel: input.lastModel,
      splitDigest: needsDigest ? input.textDigest : nil,
      budgetUse: input.state.budgetUse, expectations: expectations, mark: decision.mark)
    return request.bytes(for: self)
  }

  /// The same for a decision whose facts are not at hand: reads them once more.
  ///
  /// - Throws: if the request does not fit the policy's facts.
  package func record(
    _ decision: Decision, of input: RequestInput,
    expecting expectations: Expectations = Expectations()
  ) throws(FactProblem) -> [UInt8] {
    var facts = try graph.facts(of: input)
    var scratch = Scratch(for: graph)
    return record(
      decision, of: input, measured: sizes(of: input), &facts, expecting: expectations,
      in: &scratch)
  }
}
