/// Payment card numbers.
enum CardRule {
  static func match(_ text: TextBytes, at start: Int) -> Range<Int>? {
    let before = text[start - 1]
    guard ASCII.isDigit(text[start]), !ASCII.isAlphanumeric(before),
      !(ASCII.isOne(of: ".-_", before) && (ASCII.isAlphanumeric(text[start - 2])))
    else { return nil }
    let groups = DigitGroups(text, from: start, separators: " -", gap: 1)
    let next = text[groups.end]
    guard !ASCII.isAlphanumeric(next), next != UInt8(ascii: "_"), isGrouped(groups),
      isIssued(groups.digits), isLuhn(groups.digits)
    else { return nil }
    return start..<groups.end
  }

  /// Bare, or in the groups that are printed on cards.
  private static func isGrouped(_ groups: DigitGroups) -> Bool {
    guard Set(groups.separators).count <= 1 else { return false }
    switch groups.counts {
    case [4, 4, 4, 4], [4, 4, 4, 4, 3], [4, 6, 5], [4, 6, 4]: return true
    default: return groups.counts.count == 1
    }
  }

  private static func isIssued(_ digits: [UInt8]) -> Bool {
    guard digits.count >= 12 else { return false }
    let prefix = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
    switch prefix {
    case 4000...4999: return [13, 16, 19].contains(digits.count)
    case 5100...5599, 2221...2720: return digits.count == 16
    case 3400...3499, 3700...3799: return digits.count == 15
    case 3000...3059, 3600...3699, 3800...3999: return digits.count == 14
    case 3528...3589, 6011, 6440...6599, 6200...6299: return (16...19).contains(digits.count)
    case 5018, 5020, 5038, 5893, 6304, 6759, 6761...6763: return (12...19).contains(digits.count)
    default: return false
    }
  }

  /// Every second digit from the right doubled, digit sums added: a multiple of ten.
  ///
  /// All-equal digits are a placeholder.
  private static func isLuhn(_ digits: [UInt8]) -> Bool {
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      let doubled = Int(digit) * 2
      sum += place % 2 == 0 ? Int(digit) : doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0 && Set(digits).count > 1
  }
}
