import PolicyDiagnostics
import PolicySource
import PolicyUnits
import YAMLReading

extension KeysBuilder {
  /// The entries of a mapping; nil after a report if it is none.
  mutating func entries(of node: YAMLNode, _ what: String, at name: Span) -> [YAMLEntry]? {
    switch node.content {
    case .mapping(let entries): return entries
    case .refused: return nil
    case .sequence:
      problems.report(.keysWrongShape, "\(what) is a mapping, not a list", at: node.span)
    case .scalar(let scalar):
      problems.report(
        .keysWrongShape,
        scalar.isAbsent ? "\(what) has nothing in it" : "\(what) is a mapping, not a text",
        at: scalar.isAbsent ? name : node.span)
    }
    return nil
  }

  /// The text of a scalar; nil after a report.
  mutating func text(of entry: YAMLEntry, _ expected: String) -> String? {
    switch entry.value.content {
    case .scalar(let scalar) where !scalar.isAbsent && !scalar.text.isEmpty:
      if KeyLikeness.isKey(scalar.text) {
        reportPlainKey(at: entry.value.span)
        return nil
      }
      return scalar.text
    case .scalar:
      problems.report(
        .keysBadValue, "\(quoted(entry.key)) has no value", at: entry.keySpan,
        note: "it takes \(expected); leave the line out if there is none")
    case .sequence, .mapping:
      problems.report(
        .keysWrongShape, "\(quoted(entry.key)) takes \(expected)", at: entry.value.span)
    case .refused: break
    }
    return nil
  }

  mutating func checkID(_ entry: YAMLEntry) -> Bool {
    let id = entry.key
    if KeyLikeness.isKey(id) || KeyLikeness.isUnbroken(id) {
      reportPlainKey(at: entry.keySpan)
      return false
    }
    guard KeyID.isID(id) else {
      problems.report(
        .keysBadID, "a key cannot be called \(quoted(id))", at: entry.keySpan, note: KeyID.rule)
      return false
    }
    return true
  }

  mutating func digest(_ entry: YAMLEntry) -> KeyDigest? {
    guard let text = text(of: entry, Self.digestForm) else { return nil }
    if text.hasPrefix(KeyDigest.scheme), let digest = KeyDigest(hex: text.dropFirst(12)) {
      return digest
    }
    // Never the value: what stands here instead of a digest is likely the key.
    problems.report(
      .keysBadValue, "`digest` takes \(Self.digestForm), and this is none", at: entry.value.span,
      note: "`rung key new` writes it")
    return nil
  }

  private static let digestForm = "`hmac-sha256:` and 64 hexadecimal digits in small letters"

  /// A tenant or a user: one line.
  mutating func name(_ entry: YAMLEntry) -> String? {
    guard let text = text(of: entry, "a name") else { return nil }
    guard CallerReader.isName(text) else {
      problems.report(
        .keysBadValue,
        "\(quoted(entry.key)) takes one line of at most \(CallerReader.mostIdentityBytes) bytes",
        at: entry.value.span)
      return nil
    }
    return text
  }

  mutating func flag(_ entry: YAMLEntry) -> Bool {
    guard let text = text(of: entry, "`true` or `false`") else { return false }
    if text == "true" || text == "false" { return text == "true" }
    problems.report(
      .keysBadValue, "\(quoted(entry.key)) takes `true` or `false`, not \(quoted(text))",
      at: entry.value.span,
      near: problems.hasRoom ? NearName.of(text, among: ["true", "false"]) : nil)
    return false
  }

  mutating func expires(_ entry: YAMLEntry) -> CalendarDate? {
    guard let text = text(of: entry, "a date such as `2027-01-31`") else { return nil }
    guard let date = KeyDate.read(text) else {
      problems.report(
        .keysBadValue, "`expires` takes a date such as `2027-01-31`, not \(quoted(text))",
        at: entry.value.span)
      // A key whose end cannot be read has none that could be kept.
      return nil
    }
    if let today, date.daysSince1970 < today.daysSince1970 {
      problems.report(
        .keysExpired, "this key has expired and opens nothing", at: entry.value.span,
        note: "take its entry out, or give it a later date", severity: .warning)
    }
    return date
  }

  mutating func facts(_ entry: YAMLEntry) -> [CallerKey.Fact] {
    guard let entries = entries(of: entry.value, "`facts`", at: entry.keySpan) else { return [] }
    return entries.compactMap { entry in
      text(of: entry, "a value of its type").map {
        CallerKey.Fact(
          name: entry.key, text: $0, nameSpan: entry.keySpan, valueSpan: entry.value.span)
      }
    }
  }

  mutating func unknown(_ entry: YAMLEntry, _ what: String, known: [String]) {
    if KeyLikeness.isKey(entry.key) || KeyLikeness.isUnbroken(entry.key) {
      return reportPlainKey(at: entry.keySpan)
    }
    let near =
      problems.hasRoom
      ? Self.borrowed[entry.key].flatMap { known.contains($0) ? $0 : nil }
        ?? NearName.of(entry.key, among: known)
      : nil
    let all = known.map { "`\($0)`" }.joined(separator: ", ")
    problems.report(
      .keysUnknownEntry, "\(what) has no \(quoted(entry.key))", at: entry.keySpan,
      note: near == nil ? "it has \(all)" : nil, near: near)
  }

  /// What others call the same.
  private static let borrowed: [String: String] = [
    "team": "tenant", "team_id": "tenant", "tenant_id": "tenant", "org": "tenant",
    "organization": "tenant", "user_id": "user", "metadata": "facts", "labels": "facts",
    "expires_at": "expires", "expiry": "expires",
  ]

  private mutating func reportPlainKey(at span: Span) {
    problems.report(
      .keysPlainKey, "this looks like a key, which a keys file never holds", at: span,
      note: Self.plainKeyAdvice)
  }
}
