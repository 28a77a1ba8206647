import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Reading numbers in the unit their place asks for; each says what is wrong and returns nil.
extension Checker {
  /// A whole number, bare or in `unit`, within `range`.
  ///
  /// `subject` is the field or option as the policy spells it.
  mutating func readCount(
    _ value: Value, of subject: String, unit: CountUnit? = nil,
    in range: ClosedRange<Int64> = 0...Int64.max
  ) -> Int64? {
    guard case .number(let decimal, let given) = value.kind else {
      let expected = unit.map { "a number of \($0.rawValue)" } ?? "a number"
      add(
        TypeProblem.wrongType(subject, expected: expected, found: value.described), at: value.span)
      return nil
    }
    if let given, given != unit {
      add(
        UnitProblem.wrongUnit(
          subject, expected: unit, found: given,
          cures: unitCures(value, of: subject, expected: unit, found: given)),
        at: value.span)
      return nil
    }
    guard let whole = decimal.whole else {
      add(
        TypeProblem.wrongType(
          subject, expected: "a whole number", found: written(value.span).quoted),
        at: value.span)
      return nil
    }
    guard range.contains(whole) else {
      let allowed =
        range.upperBound == .max
        ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
      add(
        ValueProblem.outOfRange(subject, allowed: allowed, found: written(value.span)),
        at: value.span)
      return nil
    }
    return whole
  }

  /// Two cures for a count in the wrong unit: the field's own unit, or the field that has this one.
  private func unitCures(
    _ value: Value, of subject: String, expected: CountUnit?, found: CountUnit
  ) -> [FixIt] {
    let number = bareNumber(value)
    let replacement = expected.map { "\(number) \($0.rawValue)" } ?? number
    var cures = [FixIt("write \(replacement.quoted)", edits: [Edit(value.span, replacement)])]
    if let place = subjectSpan, let dot = subject.lastIndex(of: "."),
      RequestField.byWord["\(subject[..<dot]).\(found.rawValue)"] != nil
    {
      let field = "\(subject[..<dot]).\(found.rawValue)"
      cures.append(FixIt("count \(field.quoted)", edits: [Edit(place, field)]))
    }
    return cures
  }

  /// The digits of a number as written, without a unit.
  func bareNumber(_ value: Value) -> String {
    String(written(value.span).prefix { !$0.isWhitespace })
  }

  /// A score from 0 to 1.
  mutating func readScore(_ value: Value, of subject: String) -> Score? {
    let allowed = "a score from 0 to 1"
    guard case .number(let decimal, nil) = value.kind else {
      var cure: FixIt?
      if case .share(let share) = value.kind, let millionths = share.scaled(by: 4),
        (0...1_000_000).contains(millionths)
      {
        let score = Score(millionths: millionths).text
        cure = FixIt("write \(score.quoted)", edits: [Edit(value.span, score)])
      }
      add(
        TypeProblem.wrongType(subject, expected: allowed, found: value.described, cure: cure),
        at: value.span)
      return nil
    }
    guard let millionths = decimal.scaled(by: 6), (0...1_000_000).contains(millionths) else {
      add(
        ValueProblem.outOfRange(
          subject, allowed: allowed + " with at most six decimals", found: written(value.span)),
        at: value.span)
      return nil
    }
    return Score(millionths: millionths)
  }

  /// A share from 0 % (or above it) to 100 %.
  mutating func readShare(
    _ value: Value, of subject: String, allowsZero: Bool = false
  ) -> Share? {
    guard case .share(let decimal) = value.kind else {
      add(
        TypeProblem.wrongType(subject, expected: "a share such as `50%`", found: value.described),
        at: value.span)
      return nil
    }
    guard let millionths = decimal.scaled(by: 4), millionths <= Share.whole.millionths,
      millionths > 0 || allowsZero
    else {
      let allowed = allowsZero ? "from 0% to 100%" : "above 0% and at most 100%"
      add(
        ValueProblem.outOfRange(subject, allowed: allowed, found: written(value.span)),
        at: value.span)
      return nil
    }
    return Share(millionths: millionths)
  }

  /// A duration above zero.
  mutating func readDuration(_ value: Value, of subject: String) -> Milliseconds? {
    guard case .duration(let duration) = value.kind else {
      add(
        TypeProblem.wrongType(
          subject, expected: "a duration such as `30s`", found: value.described),
        at: value.span)
      return nil
    }
    guard duration.count > 0 else {
      add(
        ValueProblem.outOfRange(
          subject, allowed: "longer than nothing", found: written(value.span)),
        at: value.span)
      return nil
    }
    return duration
  }

  /// A number in millionths, from 0 to `limit` whole units.
  mutating func readMillionths(_ value: Value, of subject: String, upTo limit: Int64) -> Int64? {
    guard case .number(let decimal, nil) = value.kind else {
      add(
        TypeProblem.wrongType(subject, expected: "a number", found: value.described),
        at: value.span)
      return nil
    }
    guard let millionths = decimal.scaled(by: 6), millionths <= limit * 1_000_000 else {
      add(
        ValueProblem.outOfRange(
          subject, allowed: "from 0 to \(limit) with at most six decimals",
          found: written(value.span)),
        at: value.span)
      return nil
    }
    return millionths
  }
}

extension Score {
  /// As a policy writes it: `0.92`.
  var text: String {
    var fraction = String(millionths % 1_000_000)
    fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    return "\(millionths / 1_000_000)" + (fraction.isEmpty ? "" : "." + fraction)
  }
}

extension Value {
  /// Its type in a reader's words.
  var described: String {
    switch kind {
    case .money(_, _, nil): "an amount of money"
    case .money: "a price"
    case .number(_, nil): "a number"
    case .number(_, let unit?): "a number of \(unit.rawValue)"
    case .share: "a share"
    case .duration: "a duration"
    case .date: "a date"
    case .string: "a text in quotes"
    case .word(let word): "the word \(word.quoted)"
    }
  }
}
