package import PolicyGraph
package import PolicySemantics
package import PolicySource

/// What planning reads of a request beside its facts: of one that is there, or of one that was
/// recorded.
package protocol PlannableRequest {
  var maxTokens: Int64? { get }
  /// Answers asked for; at least one.
  var choices: Int64 { get }
  var format: RequestFormat { get }
  var hasTools: Bool { get }
  var hasImages: Bool { get }
  /// The model the caller named.
  var model: String { get }
  var hasUser: Bool { get }
  var hasConversation: Bool { get }
  var lastModel: ModelID? { get }
  /// Of the model named and the roles and texts of all messages: what a split by `request` hashes.
  var textDigest: StableHash.Digest { get }

  /// In the budget's own unit, reservations included.
  func used(of budget: BudgetID) -> Int64
  func measure(dropsTools: Bool) -> InputMeasure
}

extension RequestInput: PlannableRequest {
  package var hasTools: Bool { !toolNames.isEmpty }
  package var hasImages: Bool { imageCount > 0 }
  package var hasUser: Bool { user != nil }
  package var hasConversation: Bool { conversation != nil }
  package var lastModel: ModelID? { state.lastModel }

  /// O(bytes of the texts).
  package var textDigest: StableHash.Digest {
    var hash = StableHash()
    hash.combine(model)
    for message in messages {
      hash.combine(message.role.rawValue)
      hash.combine(message.text)
    }
    return hash.digest
  }

  package func used(of budget: BudgetID) -> Int64 { state.budgetUse[budget] ?? 0 }

  package func measure(dropsTools: Bool) -> InputMeasure {
    InputMeasure(self, dropsTools: dropsTools)
  }
}
