import PolicySemantics

/// Reads one declared fact of a request.
///
/// A class, so that reading a fact does not copy its declaration for every request.
final class FactReader: Sendable {
  private let id: FactID
  private let name: String
  private let type: CheckedFact.FactType
  private let origin: CheckedFact.Origin
  /// Nil where the fact is required.
  let byDefault: FactValue?

  convenience init(_ id: FactID, _ fact: CheckedFact) {
    self.init(id, fact, byDefault: fact.byDefault)
  }

  init(_ id: FactID, _ fact: CheckedFact, byDefault: FactValue?) {
    self.id = id
    name = fact.name
    type = fact.type
    origin = fact.origin
    self.byDefault = byDefault
  }

  /// The fact's value: as given and of its type, or its default.
  func value(in input: borrowing RequestInput) throws(FactProblem) -> FactValue {
    let given: GivenFact? =
      switch origin {
      case .metadata: input.metadata[name]
      case .key: input.keyFacts[name]
      case .header(let header): input.headers[header].map(GivenFact.text)
      }
    guard let given else {
      if let byDefault { return byDefault }
      throw .missing(declared)
    }
    guard let value = type.value(of: given) else {
      throw .outsideType(declared, given: given)
    }
    return value
  }

  private var declared: FactProblem.DeclaredFact {
    FactProblem.DeclaredFact(id: id, name: name, origin: origin, type: type)
  }
}
