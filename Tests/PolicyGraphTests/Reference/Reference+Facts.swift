import PolicySemantics

@testable import PolicyGraph

extension Reference {
  /// A request whose facts do not fit, by the fact's name.
  enum Refusal: Error, Equatable {
    case missing(String)
    case outside(String)
  }

  /// Every declared fact's value, or the first problem.
  static func facts(
    of policy: CheckedPolicy, _ input: RequestInput
  ) throws(Refusal) -> [FactValue] {
    var values: [FactValue] = []
    for fact in policy.facts {
      let given: GivenFact?
      switch fact.origin {
      case .metadata: given = input.metadata[fact.name]
      case .key: given = input.keyFacts[fact.name]
      case .header(let header): given = input.headers[header].map { .text($0) }
      }
      if let given {
        guard let value = value(given, as: fact.type) else { throw .outside(fact.name) }
        values.append(value)
      } else if let byDefault = fact.byDefault {
        values.append(byDefault)
      } else {
        throw .missing(fact.name)
      }
    }
    return values
  }

  private static func value(_ given: GivenFact, as type: CheckedFact.FactType) -> FactValue? {
    switch type {
    case .bool:
      if given == .bool(true) || given == .text("true") { return .bool(true) }
      if given == .bool(false) || given == .text("false") { return .bool(false) }
      return nil
    case .count:
      if case .integer(let number) = given { return number < 0 ? nil : .count(number) }
      if case .text(let text) = given, !text.isEmpty,
        text.allSatisfy({ "0123456789".contains($0) })
      {
        return Int64(text).map { .count($0) }
      }
      return nil
    case .text:
      if case .text(let text) = given { return .text(text) }
      return nil
    case .labels(let labels):
      if case .text(let text) = given { return labels.firstIndex(of: text).map { .label($0) } }
      return nil
    }
  }
}
