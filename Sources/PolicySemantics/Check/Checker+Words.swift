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

  /// A bare word.
  mutating func readWord(_ value: Value, of subject: String, expected: String) -> Name? {
    switch value.kind {
    case .word(let word):
      return Name(word, at: value.span)
    case .string(let text):
      add(
        TypeProblem.wrongType(
          subject, expected: expected, found: value.described,
          cure: FixIt("leave out the quotes", edits: [Edit(value.span, text)])),
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
          subject, expected: "a date such as `2027-01-31`", found: value.described),
        at: value.span)
      return nil
    }
    return date
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
