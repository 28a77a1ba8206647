package import PolicySemantics
package import TextPatterns

/// What one request says to one policy: every cheap field as an integer, the texts held back.
///
/// Values are read once, when the facts are made; what costs a look at a text (its measures, its
/// matches, the question's language) is found when a test first asks and kept, which is why
/// deciding takes the facts `inout`. Only use facts with the graph they were made for.
package struct RequestFacts: Sendable {
  /// By ``FieldSlots``: labels as indices, flags as 0 and 1, names by their number in the graph.
  var values: [Int64]
  /// By fact; empty unless the policy declares a fact of type `text`.
  var factTexts: [String]
  package internal(set) var texts: RequestTexts
  let toolNames: [String]
  package let identities: RequestIdentities
  /// By ``TextScans/place(of:)``: what is known of the texts; empty until a test asks for one.
  var scans: [TextAnswers] = []
  let classifierSlots: Range<Int>
  /// What was found in the texts, for facts whose texts are gone; nil while they are there.
  var recorded: RecordedTexts?
  /// Set for a request of a log that kept no texts: what is not known of them is unknown, not false.
  var logged: LoggedAnswers?
  /// Why a text could not be scanned; tests over it are unknown.
  package internal(set) var failure: ScanFailure?

  /// Sets what a classifier answered; the next decision uses it.
  package mutating func settle(_ classifier: ClassifierID, label: Int) {
    values[classifierSlots.lowerBound + classifier.index] = Int64(label)
  }

  /// A classifier's answer, if it is known.
  package func label(of classifier: ClassifierID) -> Int? {
    let value = values[classifierSlots.lowerBound + classifier.index]
    return value == SlotValue.unread ? nil : Int(value)
  }

  /// A declared fact's value: as given, or its default.
  package func value(of fact: FactID, in graph: DecisionGraph) -> FactValue {
    let value = values[fact.index]
    return switch graph.policy[fact].type {
    case .bool: .bool(value != 0)
    case .count: .count(value)
    case .labels: .label(Int(value))
    case .text: .text(factTexts[fact.index])
    }
  }
}

/// The names a request came with, as given.
package struct RequestIdentities: Hashable, Sendable {
  package let model: String
  package let tenant: String?
  package let user: String?
  package let key: String?
  package let conversation: String?

  init(model: String, tenant: String?, user: String?, key: String?, conversation: String?) {
    self.model = model
    self.tenant = tenant
    self.user = user
    self.key = key
    self.conversation = conversation
  }

  /// The tenant is the key's tenant, or the key itself.
  init(_ input: RequestInput) {
    model = input.model
    tenant = input.tenant ?? input.key
    user = input.user
    key = input.key
    conversation = input.conversation
  }

  package subscript(identity: Identity) -> String? {
    switch identity {
    case .tenant: tenant
    case .user: user
    case .key: key
    case .conversation: conversation
    }
  }
}
