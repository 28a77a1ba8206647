import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Reading words and texts; each says what is wrong and returns nil.
extension Checker {
  /// A text in quotes that is not empty.
  mutating func readString(_ value: Value, of subject: String) -> String? {
    switch value.kind {
    case .string(let text):
      guard text.contains(where: { !$0.isWhitespace }) else {
        add(ValueProblem.emptyText("a text for \(subject.quoted)"), at: value.span)
        return nil
      }
      return text
    case .word(let word):
      let quoted = "\"\(word)\""
      add(
        TypeProblem.wrongType(
          subject, expected: "a text in quotes", found: value.described,
          cure: FixIt("put it in quotes", edits: [Edit(value.span, quoted)])),
        at: value.span)
      return nil
    case .money, .number, .share, .duration, .date:
      add(
        TypeProblem.wrongType(subject, expected: "a text in quotes", found: value.described),
        at: value.span)
      return nil
    }
  }

  /// Whether a text would be a WORD without its quotes.
  private static func isWord(_ text: String) -> Bool {
    guard let first = text.utf8.first, first | 0x20 >= 0x61, first | 0x20 <= 0x7A else {
      return false
    }
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "_-./".utf8.contains(byte)
    }
    return isPlain && !"-./".utf8.contains(text.utf8.last ?? 0)
      && !Keyword.reserved.contains { $0.rawValue == text }
  }

  /// A bare word.
  mutating func readWord(_ value: Value, of subject: String, expected: String) -> Name? {
    switch value.kind {
    case .word(let word):
      return Name(word, at: value.span)
    case .string(let text):
      add(
        TypeProblem.wrongType(
          subject, expected: expected, found: value.described,
          cure: Self.isWord(text)
            ? FixIt("leave out the quotes", edits: [Edit(value.span, text)]) : nil),
        at: value.span)
      return nil
    case .money, .number, .share, .duration, .date:
      add(
        TypeProblem.wrongType(subject, expected: expected, found: value.described),
        at: value.span)
      return nil
    }
  }

  /// `true` or `false`.
  mutating func readBool(_ value: Value, of subject: String) -> Bool? {
    guard let word = readWord(value, of: subject, expected: "`true` or `false`") else {
      return nil
    }
    switch word.text {
    case "true": return true
    case "false": return false
    default:
      unknownValue(word, of: subject, choices: ["true", "false"])
      return nil
    }
  }

  /// The name of a catalog model, bare or in quotes.
  mutating func readModelName(_ value: Value, of subject: String) -> ModelID? {
    guard let name = readWord(value, of: subject, expected: "a model") else { return nil }
    return lookUpModel(name)
  }

  mutating func readDate(_ value: Value, of subject: String) -> CalendarDate? {
    guard case .date(let date) = value.kind else {
      add(
        TypeProblem.wrongType(
          subject, expected: "a date such as `2027-01-31`", found: value.described,
          cure: Self.date(in: value).map {
            FixIt("leave out the quotes", edits: [Edit(value.span, $0)])
          }),
        at: value.span)
      return nil
    }
    return date
  }

  /// The date a text holds; nil if it is none.
  private static func date(in value: Value) -> String? {
    guard case .string(let text) = value.kind, DateReading.date(text) != nil else { return nil }
    return text
  }

  /// Reads every value of a list, and warns of those listed twice.
  ///
  /// Nil if one could not be read, or if there is none.
  mutating func readList<Item: Hashable>(
    _ values: [Value], _ read: (inout Checker, Value) -> Item?
  ) -> [Item]? {
    if values.count == 1 { return read(&self, values[0]).map { [$0] } }
    var items: [Item] = []
    var places: [Item: Span] = [:]
    var isSound = true
    for value in values {
      guard let item = read(&self, value) else {
        isSound = false
        continue
      }
      if let first = places[item] {
        add(ValueProblem.repeatedValue(written(value.span), first: first), at: value.span)
      } else {
        places[item] = value.span
        items.append(item)
      }
    }
    return isSound && !items.isEmpty ? items : nil
  }
}
