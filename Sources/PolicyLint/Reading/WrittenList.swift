import PolicySource
import PolicySyntax

/// A list of texts behind `mentions` or `contains`, as it was written.
struct WrittenList {
  let subject: Name
  let isExact: Bool
  let texts: [(text: String, span: Span)]
  let check: Check

  /// Nil for any other term.
  init?(_ term: Term) {
    guard let check = term.check, case .text(let test, _, let list) = check else { return nil }
    switch test {
    case .mentions: isExact = false
    case .contains: isExact = true
    case .has: return nil
    }
    self.check = check
    subject = term.subject
    texts = list.values.compactMap { value in
      guard case .string(let text) = value.kind else { return nil }
      return (text, value.span)
    }
  }
}
