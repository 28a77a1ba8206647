/// Makes one token of a date, of a number in words, and of a number and its unit.
struct DateReader {
  let lexicon: Lexicon

  func read(_ tokens: [QuestionToken]) -> [QuestionToken] {
    dates(in: units(in: spelled(in: tokens)))
  }

  // MARK: Numbers in words

  private func spelled(in tokens: [QuestionToken]) -> [QuestionToken] {
    var result: [QuestionToken] = []
    var sum: Int?
    for token in tokens {
      guard token.isWord, let value = lexicon.numbers[token.text] else {
        if let whole = sum { result.append(QuestionToken(kind: .number, text: "\(whole)")) }
        sum = nil
        result.append(token)
        continue
      }
      guard let number = Int(value) else {
        if let whole = sum { result.append(QuestionToken(kind: .number, text: "\(whole)")) }
        sum = nil
        result.append(QuestionToken(kind: .number, text: value))
        continue
      }
      switch sum {
      case nil:
        // `5 million`: the number before it takes part.
        if number >= 100, let last = result.last, last.kind == .number, last.unit == nil,
          let times = Int(last.text), times < 1_000_000
        {
          result.removeLast()
          sum = times.multipliedReportingOverflow(by: number).partialValue
        } else {
          sum = number
        }
      case .some(let before):
        if number >= 100, number > before % 1000 || before < 100, before < 1_000_000_000_000 {
          sum = before.multipliedReportingOverflow(by: number).partialValue
        } else if before % 10 == 0, number < 10, before % 100 != 10 || before >= 100 {
          sum = before + number
        } else if before % 100 == 0, number < 100 {
          sum = before + number
        } else {
          result.append(QuestionToken(kind: .number, text: "\(before)"))
          sum = number
        }
      }
    }
    if let whole = sum { result.append(QuestionToken(kind: .number, text: "\(whole)")) }
    return result
  }

  // MARK: Units

  private func units(in tokens: [QuestionToken]) -> [QuestionToken] {
    var result: [QuestionToken] = []
    for token in tokens {
      if let last = result.last, last.kind == .number {
        if let unit = last.unit, unit != "clock" {
          result[result.count - 1].unit = lexicon.units[unit] ?? unit
        } else if token.isWord, token.text == "am" || token.text == "pm" {
          result[result.count - 1].text = NumberShape.clock(
            last.text, isAfternoon: token.text == "pm")
          result[result.count - 1].unit = "clock"
          continue
        } else if last.unit == nil, token.isWord || token.kind == .symbol,
          let known = lexicon.units[token.text],
          lexicon.dates[token.text] == nil || token.text == "day"
        {
          let spelled = CasedUnits.spelled(token.written)
          result[result.count - 1].unit = spelled == token.written.lowercased() ? known : spelled
          continue
        }
      }
      result.append(token)
    }
    if let last = result.last, last.kind == .number, let unit = last.unit, unit != "clock" {
      result[result.count - 1].unit = lexicon.units[unit] ?? unit
    }
    return result
  }

  // MARK: Dates

  private func dates(in tokens: [QuestionToken]) -> [QuestionToken] {
    var result: [QuestionToken] = []
    var index = 0
    while index < tokens.count {
      if let (date, count) = date(at: index, in: tokens) {
        var token = QuestionToken(kind: .number, text: date)
        token.unit = "date"
        result.append(token)
        index += count
      } else {
        result.append(tokens[index])
        index += 1
      }
    }
    return result
  }

  /// `3 May`, `May 3rd, 2024`, `3rd of May`, `May 2024`, and the month alone where it can be nothing
  /// else.
  private func date(at index: Int, in tokens: [QuestionToken]) -> (String, Int)? {
    func token(_ offset: Int) -> QuestionToken? {
      tokens.indices.contains(index + offset) ? tokens[index + offset] : nil
    }
    if let day = day(token(0)) {
      let gap = token(1)?.isWord == true && token(1)?.text == "of" ? 1 : 0
      guard let month = month(token(1 + gap)) else { return nil }
      let comma = token(2 + gap)?.kind == .clauseEnd ? 1 : 0
      guard let year = year(token(2 + gap + comma)) else { return ("\(month)-\(day)", 2 + gap) }
      return ("\(year)-\(month)-\(day)", 3 + gap + comma)
    }
    guard let month = month(token(0)) else { return nil }
    if let day = day(token(1)) {
      let comma = token(2)?.kind == .clauseEnd ? 1 : 0
      guard let year = year(token(2 + comma)) else { return ("\(month)-\(day)", 2) }
      return ("\(year)-\(month)-\(day)", 3 + comma)
    }
    if let year = year(token(1)) { return ("\(year)-\(month)", 2) }
    // Alone it is a month where a preposition says so; April and May are also people.
    guard let before = token(-1), before.isWord else { return nil }
    let isMonth =
      lexicon.markers[before.text] != nil || lexicon.loose[before.text] != nil
      || lexicon.dates[before.text] != nil || ["this", "of", "every"].contains(before.text)
    return isMonth ? (month, 1) : nil
  }

  private func month(_ token: QuestionToken?) -> String? {
    guard let token, token.isWord else { return nil }
    return lexicon.months[token.text]
  }

  private func day(_ token: QuestionToken?) -> String? {
    guard let token, token.kind == .number, token.unit == nil else { return nil }
    let digits = token.text.hasPrefix("#") ? String(token.text.dropFirst()) : token.text
    guard let day = Int(digits), (1...31).contains(day) else { return nil }
    return day < 10 ? "0\(day)" : "\(day)"
  }

  private func year(_ token: QuestionToken?) -> Int? {
    guard let token, token.kind == .number, token.unit == nil, token.text.count == 4,
      let year = Int(token.text), (1000...2999).contains(year)
    else { return nil }
    return year
  }
}
