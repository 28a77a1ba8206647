import PolicyDiagnostics
import PolicySource
import PolicySyntax

/// What other languages say with calls and types of their own.
extension Checker {
  /// Whether a test is called, as in `question.contains("x")`, `contains(question, "x")` and
  /// `len(question)`; it is reported.
  mutating func isCalled(_ term: Term) -> Bool {
    guard let arguments = term.arguments, scope[term.subject.text] == nil,
      RequestField.byWord[term.subject.text] == nil,
      var instead = spelled(term.subject.text, arguments)
    else { return false }
    switch term.check {
    case nil: break
    case .compare(_, let place, _):
      // What is held against the call stays.
      instead += " " + written(Span(file: place.file, start: place.start, end: term.span.end))
    default: return false
    }
    add(
      NameProblem.called(
        written(term.span), instead: instead, edit: Edit(term.span, instead)), at: term.span)
    return true
  }

  private func spelled(_ name: String, _ arguments: [Argument]) -> String? {
    let parts = name.split(separator: ".").map(String.init)
    let function = (parts.last ?? "").lowercased()
    let words = arguments.compactMap { argument -> String? in
      if case .word(let word) = argument.value.kind { word } else { nil }
    }
    let texts = arguments.compactMap { argument -> Span? in
      if case .string = argument.value.kind { argument.value.span } else { nil }
    }
    if Self.lengths.contains(function), words.count == 1, texts.isEmpty {
      switch RequestField.byWord[words[0]] {
      case .text: return "\(words[0]).chars"
      case .tools, .number: return words[0]
      case .flag, .name, .healthy, .label, nil: return nil
      }
    }
    guard let test = Self.tests[function], texts.count == 1 else { return nil }
    let isMethod = words.isEmpty && parts.count > 1
    guard isMethod || words.count == 1 else { return nil }
    let subject = isMethod ? parts.dropLast().joined(separator: ".") : words[0]
    let literal = written(texts[0])
    let pattern = "/\(literal.dropFirst().dropLast().replacing("/", with: "\\/"))/"
    return "\(subject) \(test) \(test == "matches" ? pattern : literal)"
  }

  private static let lengths: Set = ["len", "length", "size", "strlen", "char_length", "count"]

  private static let tests: [String: String] = [
    "contains": "contains", "includes": "contains", "strcontains": "contains",
    "startswith": "starts with", "starts_with": "starts with", "hasprefix": "starts with",
    "mentions": "mentions", "matches": "matches", "match": "matches", "search": "matches",
    "regex": "matches", "regexmatch": "matches", "regex_match": "matches", "test": "matches",
    "has": "has",
  ]

  /// Whether a fact's only label is what other languages call a type, and its default shows that it is
  /// meant as one; it is reported.
  mutating func hasBorrowedType(_ fact: FactDeclaration) -> Bool {
    guard case .labels(let labels) = fact.type, labels.count == 1, let label = labels.first,
      let instead = BorrowedName.type(label.text)
    else { return false }
    if case .byDefault(let value) = fact.presence, case .word(label.text) = value.kind {
      return false
    }
    add(TypeProblem.borrowedType(label.text, instead: instead), at: label.span)
    return true
  }
}
