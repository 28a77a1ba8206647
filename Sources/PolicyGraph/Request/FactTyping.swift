package import PolicySemantics

extension CheckedFact.FactType {
  /// The value of a fact as a request gave it, or nil if it is outside the type.
  ///
  /// Metadata and headers are often texts only, so `"true"` is a bool and `"12"` a count.
  /// Everything else must be of its own kind: the number 12 is no text.
  package func value(of given: GivenFact) -> FactValue? {
    switch (self, given) {
    case (.bool, .bool(let value)): .bool(value)
    case (.bool, .text("true")): .bool(true)
    case (.bool, .text("false")): .bool(false)
    case (.count, .integer(let value)) where value >= 0: .count(value)
    case (.count, .text(let digits)): CheckedFact.FactType.count(digits).map(FactValue.count)
    case (.text, .text(let value)): .text(value)
    case (.labels(let labels), .text(let value)):
      labels.firstIndex { NameTable.areSame($0, value) }.map(FactValue.label)
    case (.bool, _), (.count, _), (.text, _), (.labels, _): nil
    }
  }

  /// ASCII digits only, no sign, no spaces.
  private static func count(_ digits: String) -> Int64? {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int64(digits)
  }
}
