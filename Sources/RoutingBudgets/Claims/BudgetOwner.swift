import PolicyGraph
import PolicySemantics

/// Whom a budget counts a request for.
///
/// The text says what kind of name it is before the name, so that a tenant, a key and a fact's value
/// that are spelled alike are three owners.
struct BudgetOwner {
  let text: String

  /// Who comes without any of the names a budget asks for shares one counter with all who do.
  private static let nobody = BudgetOwner(text: "nobody")

  /// Without a tenant, user or conversation the key is counted.
  init(_ identity: Identity, of input: borrowing RequestInput) {
    let name: String? =
      switch identity {
      case .tenant: input.tenant
      case .user: input.user
      case .key: input.key
      case .conversation: input.conversation
      }
    if let name {
      text = "\(identity.rawValue):\(name)"
    } else if let key = input.key {
      text = "\(Identity.key.rawValue):\(key)"
    } else {
      self = .nobody
    }
  }

  init(_ fact: FactID, of facts: RequestFacts, in graph: DecisionGraph) {
    let declared = graph.policy[fact]
    let value =
      switch facts.value(of: fact, in: graph) {
      case .bool(let flag): flag ? "true" : "false"
      case .count(let count): String(count)
      case .text(let text): text
      case .label(let index): Self.label(index, of: declared.type)
      }
    text = "fact \(declared.name):\(value)"
  }

  private init(text: String) { self.text = text }

  private static func label(_ index: Int, of type: CheckedFact.FactType) -> String {
    guard case .labels(let labels) = type, labels.indices.contains(index) else {
      return String(index)
    }
    return labels[index]
  }
}
