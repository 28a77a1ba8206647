/// Phone numbers with a `+`, or in groups as people write them.
enum PhoneRule {
  static func match(_ text: TextBytes, at offset: Int) -> Range<Int>? {
    let before = text[offset - 1]
    let first = text[offset]
    // Only the start of a run of digits and signs is looked at, so every byte is read a few times.
    guard !ASCII.isAlphanumeric(before), before != UInt8(ascii: "+"), before != UInt8(ascii: "("),
      !isInsideNumber(before: before, text[offset - 2])
    else { return nil }
    if first == UInt8(ascii: "+") { return international(text, at: offset) }
    return national(text, at: offset)
  }

  /// A separator with a digit before it: what follows continues a number that began earlier.
  private static func isInsideNumber(before: UInt8, _ earlier: UInt8) -> Bool {
    ASCII.isOne(of: ".-/,:", before) && ASCII.isDigit(earlier) || before == UInt8(ascii: "_")
  }

  private static func international(
    _ text: TextBytes, at plus: Int
  ) -> Range<Int>? {
    guard ASCII.isDigit(text[plus + 1]) else { return nil }
    let groups = DigitGroups(text, from: plus + 1, separators: " -.()/", gap: 3)
    guard (8...15).contains(groups.digits.count), groups.digits[0] != 0,
      isEnd(text, groups.end)
    else { return nil }
    return plus..<groups.end
  }

  private static func national(
    _ text: TextBytes, at start: Int
  ) -> Range<Int>? {
    let groups = DigitGroups(text, from: start, separators: " -.()/", gap: 2)
    guard isEnd(text, groups.end), isNorthAmerican(groups) || hasTrunkZero(groups) else {
      return nil
    }
    return start..<groups.end
  }

  /// 3-3-4 digits, a leading 1 allowed; area and exchange begin with 2 to 9; spaces alone are not
  /// enough to tell it from three numbers in a row.
  private static func isNorthAmerican(_ groups: DigitGroups) -> Bool {
    let hasCountry = groups.counts == [1, 3, 3, 4] && groups.digits[0] == 1
    guard hasCountry || groups.counts == [3, 3, 4] else { return false }
    let digits = hasCountry ? groups.digits.dropFirst() : groups.digits[...]
    return digits.first ?? 0 >= 2 && digits.dropFirst(3).first ?? 0 >= 2
      && (groups.hasParentheses || !groups.separators.allSatisfy { $0 == 0x20 })
  }

  /// A leading zero and 8 to 12 digits in groups that are no date.
  private static func hasTrunkZero(_ groups: DigitGroups) -> Bool {
    guard let first = groups.counts.first, groups.digits[0] == 0,
      (2...6).contains(first), groups.counts.count >= 2,
      (8...12).contains(groups.digits.count)
    else { return false }
    // 01.02.2024 10, 01/02 2024: a day, a month and a year stand in front.
    let looksLikeDate =
      first == 2 && groups.counts.count >= 3 && groups.counts[1] == 2
      && (groups.counts[2] == 4 || groups.counts[2] == 2 && groups.counts.count == 3)
      && groups.separators[0] != 0x20
    // 00.25 and 0.123: a point with few digits around it is a decimal.
    let looksDecimal = groups.counts.count == 2 && groups.separators[0] == UInt8(ascii: ".")
    return !looksLikeDate && !looksDecimal
  }

  private static func isEnd(_ text: TextBytes, _ end: Int) -> Bool {
    let next = text[end]
    if ASCII.isAlphanumeric(next) || next == UInt8(ascii: "_") { return false }
    let isJoint = ASCII.isOne(of: ".-/,:", next)
    return !(isJoint && ASCII.isDigit(text[end + 1]))
  }
}
