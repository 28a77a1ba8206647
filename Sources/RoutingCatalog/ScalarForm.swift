import PolicyUnits

/// A kind of value a key takes: how it is described, and how text becomes one.
struct ScalarForm<Value: Sendable>: Sendable {
  /// With its article: `a duration such as `60s``.
  let expected: String
  /// The words it takes, where they are closed: near names are offered among them.
  let words: [String]
  let read: @Sendable (String) -> Value?

  init(
    _ expected: String, words: [String] = [], read: @escaping @Sendable (String) -> Value?
  ) {
    self.expected = expected
    self.words = words
    self.read = read
  }
}

extension ScalarForm where Value == String {
  static let text = ScalarForm("a text") { $0.isEmpty ? nil : $0 }

  static let currency = ScalarForm("three capitals such as `USD`") { text in
    text.utf8.count == 3 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) } ? text : nil
  }
}

extension ScalarForm where Value == Int64 {
  /// From 1 to a million million: nothing a catalog counts is larger.
  static let count = ScalarForm("a count such as `480`, `200k` or `1M`") { text in
    Decimal(text)?.whole.flatMap { (1...1_000_000_000_000).contains($0) ? $0 : nil }
  }

  static let failures = ScalarForm("a count such as `3 failures`") { text in
    for unit in [" failures", " failure"] where text.hasSuffix(unit) {
      return ScalarForm.count.read(String(text.dropLast(unit.count)))
    }
    return ScalarForm.count.read(text)
  }
}

extension ScalarForm where Value == Milliseconds {
  static let duration = ScalarForm("a duration such as `500ms`, `60s` or `5m`") { text in
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let units: [Substring: Int64] = [
      "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000,
    ]
    guard let unit = units[text.dropFirst(digits.count)], let count = Int64(digits), count > 0
    else { return nil }
    let (milliseconds, overflow) = count.multipliedReportingOverflow(by: unit)
    return overflow ? nil : Milliseconds(milliseconds)
  }
}

extension ScalarForm where Value == Share {
  static let share = ScalarForm("a share from `0%` to `100%`") { text in
    guard text.hasSuffix("%"), !text.contains(where: \.isLetter),
      let millionths = Decimal(text.dropLast())?.scaled(by: 4), millionths <= 1_000_000
    else { return nil }
    return Share(millionths: millionths)
  }
}

extension ScalarForm where Value == Score {
  static let score = ScalarForm("a score from 0 to 1 such as `0.82`") { text in
    guard !text.contains(where: \.isLetter), let millionths = Decimal(text)?.scaled(by: 6),
      millionths <= 1_000_000
    else { return nil }
    return Score(millionths: millionths)
  }
}

extension ScalarForm where Value == CalendarDate {
  static let date = ScalarForm("a date such as `2026-05-01`") { text in
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
    else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    return CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2])
  }
}

extension ScalarForm where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  static func choice(of type: Value.Type) -> ScalarForm {
    let words = type.allCases.map(\.rawValue)
    return ScalarForm(listed(words, last: "or"), words: words) { Value(rawValue: $0) }
  }
}
