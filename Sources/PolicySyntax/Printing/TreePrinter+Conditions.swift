import PolicyUnits

extension Condition {
  var node: TreeNode {
    switch self {
    case .and(let parts, _): .list("and", parts.map(\.node))
    case .or(let parts, _): .list("or", parts.map(\.node))
    case .not(let part, _): .list("not", part.node)
    case .group(let part, _): .list("group", part.node)
    case .term(let term): term.node
    case .missing: .atom("missing")
    }
  }
}

extension Term {
  fileprivate var node: TreeNode {
    let subject: TreeNode =
      if let arguments { .list("call", [self.subject.node] + arguments.map(\.node)) } else {
        self.subject.node
      }
    return check?.node(of: subject) ?? subject
  }
}

extension Argument {
  fileprivate var node: TreeNode {
    share.map { .list([$0.node, value.node]) } ?? value.node
  }
}

extension Check {
  fileprivate func node(of subject: TreeNode) -> TreeNode {
    switch self {
    case .compare(let comparison, _, let value):
      .list(comparison.rawValue, subject, value.node)
    case .membership(let negated, let list):
      .list(negated ? "not-in" : "in", [subject] + list.values.map(\.node))
    case .text(let test, _, let list):
      .list(
        test.rawValue,
        [subject]
          + (list.isParenthesized
            ? [.list("any", list.values.map(\.node))] : list.values.map(\.node)))
    case .startsWith(let text, _): .list("starts-with", subject, text.node)
    case .matches(let regex, _): .list("matches", subject, .atom("/\(regex.pattern)/"))
    }
  }
}

extension Value {
  var node: TreeNode {
    switch kind {
    case .money(let currency, let amount, let perTokens):
      .list("money", .atom(currency), amount.node, perTokens.map { .list("per-tokens", $0.node) })
    case .number(let amount, let unit):
      unit.map { .list($0.rawValue, amount.node) } ?? amount.node
    case .share(let amount): .list("%", amount.node)
    case .duration(let time): .list("ms", .atom("\(time.count)"))
    case .date(let date): .list("date", .atom("\(date.year)-\(date.month)-\(date.day)"))
    case .string(let text): .quoted(text)
    case .word(let word): .atom(word)
    }
  }
}

extension Decimal {
  fileprivate var node: TreeNode {
    guard scale > 0 else { return .atom("\(digits)") }
    let text = String(digits)
    let padded = String(repeating: "0", count: max(0, scale + 1 - text.utf8.count)) + text
    return .atom("\(padded.dropLast(scale)).\(padded.suffix(scale))")
  }
}
