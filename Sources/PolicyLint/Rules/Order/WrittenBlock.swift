import PolicySemantics
import PolicySource
import PolicySyntax

extension LintSubject {
  /// The words of a route's block as written, without comments and layout.
  ///
  /// Two routes with the same words do the same.
  func blockWords(of route: CheckedRoute) -> [String] {
    guard let file = files.first(where: { $0.source.id == route.span.file }) else { return [] }
    let tokens = file.tokens.tokens
    let (start, end) = (route.conditionSpan.end, route.span.end)
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].span.start < start { low = middle + 1 } else { high = middle }
    }
    return tokens[low...].prefix { $0.span.end <= end && $0.kind != .endOfFile }
      .map { file.source.text(of: $0.span) }
  }

  /// The bytes of a declaration with the line breaks after it, to delete it.
  ///
  /// Nil if its comments and suppressions would be left behind: then a hand has to do it.
  func deletion(of declaration: Span) -> Span? {
    guard let file = files.first(where: { $0.source.id == declaration.file }) else { return nil }
    guard let written = file.declarations.first(where: { $0.span == declaration }),
      written.allows.isEmpty, written.documentation == nil
    else { return nil }
    let bytes = file.source.bytes
    var (start, end) = (Int(declaration.start), Int(declaration.end))
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    // A comment on the same line belongs to it.
    guard end >= bytes.count || bytes[end] == 0x0a || bytes[end] == 0x0d else { return nil }
    if end < bytes.count, bytes[end] == 0x0d { end += 1 }
    if end < bytes.count, bytes[end] == 0x0a { end += 1 }
    return Span(file: declaration.file, start: UInt32(start), end: UInt32(end))
  }

  /// Whether a test speaks of a route by its name.
  func isNamedInTests(_ id: RouteID) -> Bool {
    (policy.tests.map(\.expect) + policy.always.map(\.expect)).joined().contains {
      switch $0.kind {
      case .route(let named): named == id
      case .refusedBy(let name): name == policy[id].name
      case .task, .first, .last, .calls, .climbs, .answeredBy, .cached, .worstCost,
        .expectedCost, .firstModel, .lastModel:
        false
      }
    }
  }
}
