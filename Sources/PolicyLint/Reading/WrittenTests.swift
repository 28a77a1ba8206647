import PolicySource
import PolicySyntax

/// Every condition of a policy's files as it was written: of requests and of answers.
enum WrittenTests {
  /// The terms of all conditions, in written order.
  ///
  /// O(size of the files).
  static func terms(in files: [PolicyFile]) -> [Term] {
    files.flatMap { $0.declarations.flatMap { conditions(of: $0.content).flatMap(terms) } }
  }

  private static func terms(in condition: Condition) -> [Term] {
    var found: [Term] = []
    var left = [condition]
    while let condition = left.popLast() {
      switch condition {
      case .and(let parts, _), .or(let parts, _): left += parts.reversed()
      case .not(let part, _), .group(let part, _): left.append(part)
      case .term(let term): found.append(term)
      case .missing: break
      }
    }
    return found
  }

  private static func conditions(of content: Declaration.Content) -> [Condition] {
    switch content {
    case .catalog, .zone, .importing, .facts, .classifier, .ladder, .test: []
    case .condition(let declaration): [declaration.condition]
    case .points(let declaration): declaration.lines.map(\.condition)
    case .task(let declaration): declaration.condition.map { [$0] } ?? []
    case .budget(let declaration): declaration.condition.map { [$0] } ?? []
    case .gate(let declaration): [declaration.condition]
    case .compression(let declaration): declaration.condition.map { [$0] } ?? []
    case .guarding(let declaration): declaration.condition.map { [$0] } ?? []
    case .always(let declaration): [declaration.condition]
    case .route(let declaration): conditions(of: declaration)
    }
  }

  private static func conditions(of route: RouteDeclaration) -> [Condition] {
    var found = route.condition.map { [$0] } ?? []
    for line in route.lines {
      switch line {
      case .stop(let stop): found.append(stop.condition)
      case .use, .refuse, .cache, .shape, .compress, .batch, .stick, .shadow, .split: break
      }
    }
    return found
  }
}

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

/// A regular expression behind `matches`, as it was written.
struct WrittenRegex {
  let literal: RegexLiteral
  /// From `matches` to the end of the pattern.
  let check: Span
  let tree: RegexNode

  /// Nil for any other term, and for a pattern that cannot be read.
  init?(_ term: Term) {
    guard case .matches(let literal, let place)? = term.check,
      let tree = RegexReader.read(literal.pattern)
    else { return nil }
    self.literal = literal
    self.tree = tree
    check = place.union(literal.span)
  }

  /// Where some UTF-8 bytes of the pattern stand: `\/` there is `/` in the pattern.
  func span(of range: Range<Int>, in sources: SourceMap) -> Span {
    guard let file = sources[literal.span.file] else { return literal.span }
    let last = min(Int(literal.span.end) - 1, file.bytes.count)
    var index = Int(literal.span.start) + 1
    var places: [Int] = []
    while index < last {
      let isSlash =
        file.bytes[index] == UInt8(ascii: "\\") && index + 1 < last
        && file.bytes[index + 1] == UInt8(ascii: "/")
      if isSlash { index += 1 }
      places.append(index)
      // An escaped backslash is no start of an escaped slash.
      if !isSlash, file.bytes[index] == UInt8(ascii: "\\"), index + 1 < last {
        index += 1
        places.append(index)
      }
      index += 1
    }
    places.append(last)
    guard range.lowerBound < range.upperBound, range.upperBound < places.count else {
      return literal.span
    }
    return Span(
      file: literal.span.file, start: UInt32(places[range.lowerBound]),
      end: UInt32(places[range.upperBound]))
  }
}
