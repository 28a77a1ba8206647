import PolicySemantics

extension FactProblem: CustomStringConvertible {
  /// One line that names the fact, where it comes from, what was given and what is allowed.
  package var description: String {
    switch self {
    case .missing(let fact):
      "the request lacks the fact `\(fact.name)` \(fact.place): expected \(fact.allowed)"
    case .outsideType(let fact, let given):
      "the fact `\(fact.name)` \(fact.place) is \(FactProblem.words(for: given)): "
        + "expected \(fact.allowed)"
    case .textTooLong(let bytes, let limit):
      "the request's texts have \(bytes) bytes, and a policy reads at most \(limit)"
    }
  }

  private static func words(for given: GivenFact) -> String {
    switch given {
    case .bool(let value): "`\(value)`"
    case .integer(let value): "`\(value)`"
    case .text(let value): "`\(shortened(value))`"
    case .other(let kind): "of kind `\(kind)`"
    }
  }

  /// One line of at most 60 characters: a caller's value may be anything.
  private static func shortened(_ value: String) -> String {
    let line = value.prefix(60).map { $0.isNewline ? " " : String($0) }.joined()
    return line.utf8.count < value.utf8.count ? line + "…" : line
  }
}

extension FactProblem.DeclaredFact {
  fileprivate var place: String {
    switch origin {
    case .metadata: "of its metadata"
    case .key: "of the caller's key"
    case .header(let header): "of the header `\(header)`"
    }
  }

  fileprivate var allowed: String {
    switch type {
    case .bool: "`true` or `false`"
    case .count: "a whole number from 0"
    case .text: "a text"
    case .labels(let labels):
      (labels.count == 1 ? "" : "one of ") + labels.map { "`\($0)`" }.joined(separator: ", ")
    }
  }
}
