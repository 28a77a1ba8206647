import PolicyDiagnostics
import PolicySource
import PolicyUnits

/// Lines and amounts as other languages write them, read as what they mean.
extension Parser {
  /// Reports some words of another language, from an offset to the end of the last token taken.
  mutating func reportBorrowed(
    from start: UInt32, instead: String, edits: [Edit]? = nil, isSure: Bool = true
  ) {
    let span = span(from: start)
    let written = source.text(of: span)
    report(
      .borrowed(
        written, instead: instead, edits: edits ?? [Edit(span, instead)],
        isSure: isSure), at: span)
    explain(span)
  }

  /// Passes over the colon or equals sign of `use: x` and `timeout = 5s`.
  mutating func passAssignment() {
    guard lexeme == .symbol(.colon) || lexeme == .symbol(.equal) else { return }
    reportHere(.borrowedWord(text(token), instead: ""))
    advance()
  }

  /// Passes over the comma or `and` between two entries of a block.
  mutating func passSeparator() {
    guard lexeme == .symbol(.comma) || lexeme == .keyword(.and), nextLexeme != .symbol(.comma)
    else { return }
    reportHere(.borrowedWord(text(token), instead: ""))
    advance()
  }

  // MARK: - Routes without a name

  /// Whether a line starts here that is a route but for its name, and no condition of what stands above
  /// it: something is done behind its condition.
  var startsNamelessRoute: Bool {
    guard lexeme == .keyword(.when), startsLine, nextLexeme != .symbol(.leftBrace) else {
      return false
    }
    var place = nextIndex
    // What stands in parentheses is the condition's, or an annotation's.
    var depth = 0
    while lexemes[place] != .endOfFile, !startsLine(place) {
      switch lexemes[place] {
      case .symbol(.leftParenthesis): depth += 1
      case .symbol(.rightParenthesis): depth -= 1
      case .symbol(.leftBrace), .symbol(.colon): if depth <= 0 { return true }
      case .keyword(.task) where lexemes[place + 1] != .word: break
      case .keyword(let keyword): if Keyword.declarations.contains(keyword) { return false }
      default: break
      }
      place += 1
    }
    return false
  }

  /// Passes over a route that has no name, as `else if cond { … }`; false if none starts here.
  mutating func passNamelessRoute() -> Bool {
    let start = start
    let words = ["elif", "elsif", "elseif"]
    if lexeme == .keyword(.else) || lexeme == .keyword(.otherwise),
      nextLexeme == .keyword(.when) || isBorrowed([.when], at: nextIndex)
    {
      advance()
      advance()
    } else if lexeme == .keyword(.when)
      || lexeme == .word && (words + ["if", "unless"]).contains(text(token).lowercased())
    {
      advance()
    } else {
      return false
    }
    let span = span(from: start)
    report(
      .elsewhere(
        "\(quoted(source.text(of: span))) is spelled `route NAME when` in a policy",
        advice: "the first route whose condition holds is taken, in written order"), at: span)
    _ = condition()
    if lexeme == .symbol(.colon), isLineEnd(behind: index) {
      passIndented(from: start)
      return true
    }
    if lexeme == .symbol(.colon) {
      repeat { advance() } while lexeme != .endOfFile && !startsLine
      return true
    }
    _ = RouteDeclaration(name: nil, condition: nil, lines: routeLines(opened: nil))
    return true
  }

  /// Whether `else` or one of its kin goes on where a declaration ended.
  var isElse: Bool {
    lexeme == .keyword(.else)
      || lexeme == .word && ["elif", "elsif", "elseif"].contains(text(token).lowercased())
  }

  /// `route a { when cond …`: the condition moves before the brace, which is given back.
  mutating func takeBraceBeforeWhen() -> (Condition, opened: Span)? {
    let third = lexemes[min(nextIndex + 1, lexemes.count - 1)]
    let isAssigned = third == .symbol(.equal) || third == .symbol(.colon)
    guard lexeme == .symbol(.leftBrace),
      nextLexeme == .keyword(.when) || isBorrowed([.when], at: nextIndex)
        || nextLexeme == .keyword(.condition) && isAssigned
    else { return nil }
    let opened = here
    advance()
    let word = here
    advance()
    if lexeme == .symbol(.equal) || lexeme == .symbol(.colon) { advance() }
    let first = Span(file: source.id, start: opened.start, end: start)
    let condition = condition()
    report(
      .borrowed(
        "{ " + source.text(of: word), instead: "when … {",
        edits: [Edit(first, "when "), Edit(behind, " {")], isSure: false),
      at: opened.union(word))
    return (condition, opened)
  }

  // MARK: - Amounts

  /// `5 USD`, `5 dollars`, `usd 5`: an amount whose currency is not where it stands; nil if none.
  mutating func backwardMoney() throws(Lost) -> Value? {
    let start = start
    if lexeme == .number, nextLexeme == .word, !startsLine(nextIndex),
      let dollars = BorrowedWord.dollars(text(token), text(tokens[nextIndex])),
      !isLabel(at: nextIndex)
    {
      advance()
      advance()
      reportBorrowed(from: start, instead: "$\(dollars)", isSure: false)
      return money(
        "$", Value(.number(decimal(dollars), unit: nil), at: span(from: start)), from: start)
    }
    if lexeme == .number, nextLexeme == .word, !startsLine(nextIndex),
      let currency = BorrowedWord.currency(text(tokens[nextIndex])), !isLabel(at: nextIndex)
    {
      let figure = text(token)
      let amount = try scalar()
      let isSure = text(token).uppercased() == currency
      advance()
      reportBorrowed(from: start, instead: "\(currency) \(figure)", isSure: isSure)
      return money(currency, amount, from: start)
    }
    if lexeme == .word, nextLexeme == .number, !startsLine(nextIndex),
      let currency = BorrowedWord.currency(text(token)),
      lexemes[min(nextIndex + 1, lexemes.count - 1)] != .keyword(.when)
    {
      advance()
      let figure = text(token)
      let amount = try scalar()
      reportBorrowed(from: start, instead: "\(currency) \(figure)")
      return money(currency, amount, from: start)
    }
    return nil
  }

  /// Passes over the unit behind an amount that has one: `$5 dollars`, and `$0.5 cents`, of which nobody
  /// knows which was meant.
  mutating func passSecondUnit(of currency: String, from start: UInt32) {
    guard lexeme == .word, !startsLine, !isLabel(at: index) else { return }
    let word = text(token)
    if BorrowedWord.dollars("1", word) != nil {
      advance()
      report(
        .elsewhere(
          "\(quoted(source.text(of: span(from: start)))) has two units",
          advice: "a cent is `$0.01`, half a cent `$0.005`"), at: span(from: start))
    } else if BorrowedWord.currency(word) == (currency == "$" ? "USD" : currency) {
      reportHere(.borrowedWord(word, instead: ""))
      advance()
    }
  }

  private func money(_ currency: String, _ amount: Value, from start: UInt32) -> Value {
    guard case .number(let decimal, _) = amount.kind else { return amount }
    return Value(
      .money(currency: currency, amount: decimal, perTokens: nil), at: span(from: start))
  }

  /// Whether a word begins an entry of its own: something is held against it, it is typed or fails.
  private func isLabel(at place: Int) -> Bool {
    switch lexemes[min(place + 1, lexemes.count - 1)] {
    case .symbol(let symbol): symbol == .colon || symbol.comparison != nil
    case .keyword(let keyword): keyword == .fails
    default: false
    }
  }

  /// `4 k` and `5 seconds`: a unit that stands directly behind its figure; nil if none follows.
  mutating func spacedUnit() -> Value? {
    guard lexeme == .number, nextLexeme == .word, !startsLine(nextIndex), !isLabel(at: nextIndex)
    else { return nil }
    let figure = text(token)
    let unit = text(tokens[nextIndex])
    let isKnown = ["k", "M", "ms", "s", "m", "h", "d"].contains(unit)
    guard
      let repair = isKnown ? figure + unit : NumberRepair.number(figure, unit: unit),
      !repair.contains(" "), let kind = spacedKind(repair)
    else { return nil }
    let start = start
    advance()
    advance()
    reportBorrowed(from: start, instead: repair)
    return Value(kind, at: span(from: start))
  }

  private mutating func spacedKind(_ written: String) -> Value.Kind? {
    let unit = written.drop { $0.isNumber || $0 == "." }
    if unit == "k" || unit == "M" { return Decimal(written).map { .number($0, unit: nil) } }
    return unit.isEmpty ? nil : .duration(milliseconds(written))
  }

  /// `4,000` where no list can stand, behind its first digits.
  mutating func passGroups(from start: UInt32) {
    var end = end
    // No thousand begins with a zero.
    if source.text(of: span(from: start)).hasPrefix("0") { return }
    while lexeme == .symbol(.comma), here.start == end, nextLexeme == .number,
      tokens[nextIndex].span.start == here.end, tokens[nextIndex].span.count == 3
    {
      advance()
      advance()
      end = self.end
    }
    let written = source.text(of: span(from: start))
    guard written.contains(",") else { return }
    reportBorrowed(from: start, instead: written.filter { $0 != "," })
  }

  // MARK: - What an amount is counted for

  /// `requests/minute` and `60 rpm`: the unit of a limit with what it is counted for; nil if none.
  mutating func joinedRate() -> (unit: Keyword, per: [Name])? {
    if lexeme == .keyword(.per) { return bareRate() }
    guard lexeme == .word else { return nil }
    let start = start
    if let rate = BorrowedWord.rates[text(token).lowercased()] {
      advance()
      let window = Name(rate.window, at: span(from: start))
      let owner = ownerBehind()
      let per = [owner?.text, rate.window].compactMap { $0.map { " per \($0)" } }.joined()
      reportBorrowed(from: start, instead: rate.unit.rawValue + per)
      return (rate.unit, (owner.map { [$0] } ?? []) + [window])
    }
    let parts = text(token).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let units: [String: Keyword] = [
      "request": .requests, "requests": .requests, "req": .requests, "reqs": .requests,
      "calls": .requests, "token": .tokens, "tokens": .tokens, "tok": .tokens,
    ]
    guard (2...3).contains(parts.count), let unit = units[parts[0].lowercased()] else { return nil }
    advance()
    var windows = parts.dropFirst().map {
      Name(BorrowedWord.windows[$0] ?? $0, at: span(from: start))
    }
    if windows.count == 1, BorrowedWord.windows.values.contains(windows[0].text),
      let owner = ownerBehind()
    {
      windows.insert(owner, at: 0)
    }
    reportBorrowed(
      from: start, instead: ([unit.rawValue] + windows.map(\.text)).joined(separator: " per "))
    return (unit, windows)
  }

  /// `60/min` and `60 per minute`, as most say it of requests; nil if no time follows.
  private mutating func bareRate() -> (unit: Keyword, per: [Name])? {
    guard tokens[nextIndex].kind == .word, !startsLine(nextIndex),
      case let word = text(tokens[nextIndex]).lowercased(),
      case let time = BorrowedWord.windows[word] ?? word, BorrowedWord.isTime(time)
    else { return nil }
    let start = start
    advance()
    advance()
    let window = Name(time, at: span(from: start))
    let per = [ownerBehind(), window].compactMap(\.self)
    let instead = "requests" + per.map { " per \($0.text)" }.joined()
    let edit = Edit(span(from: start), (isTight(start) ? " " : "") + instead)
    reportBorrowed(from: start, instead: instead, edits: [edit], isSure: false)
    return (.requests, per)
  }

  /// The `per key` of `60 rpm per key`, which stands before the window; nil if none is here.
  private mutating func ownerBehind() -> Name? {
    guard lexeme == .keyword(.per), tokens[nextIndex].kind == .word, !startsLine(nextIndex),
      !BorrowedWord.isTime(text(tokens[nextIndex]))
    else { return nil }
    advance()
    let name = Name(text(token), at: here)
    advance()
    return name
  }

  /// `daily` for `per day`, behind who it is counted for or before; empty if no such word is here.
  mutating func adverb(after owner: Name? = nil) -> [Name] {
    guard lexeme == .word, let window = BorrowedWord.adverbs[text(token).lowercased()] else {
      return []
    }
    let start = start
    advance()
    let name = Name(window, at: span(from: start))
    let names = [owner == nil ? ownerBehind() : nil, name].compactMap(\.self)
    reportBorrowed(from: start, instead: names.map { "per \($0.text)" }.joined(separator: " "))
    return names
  }

  /// WORD behind `per`; a time of one of the windows is read as that, and `tenant/day` as two words.
  mutating func counted(_ thing: String) throws(Lost) -> [Name] {
    let start = start
    if let both = slashedWindows { return both }
    guard lexeme == .duration, let window = BorrowedWord.spans[milliseconds(text(token)).count]
    else { return [try word(thing)] }
    advance()
    // From midnight to midnight is not the same, where it is a day or more.
    reportBorrowed(from: start, instead: window, isSure: false)
    return [Name(window, at: span(from: start))]
  }

  /// `tenant/day` and `day/tenant`: who it is counted for stands first; nil if none is here.
  private var slashedWindows: [Name]? {
    mutating get {
      let start = start
      let parts = text(token).split(separator: "/").map {
        BorrowedWord.windows[String($0)] ?? String($0)
      }
      guard lexeme == .word, parts.count == 2, parts.allSatisfy(BorrowedWord.isWindow),
        BorrowedWord.isTime(parts[0]) != BorrowedWord.isTime(parts[1])
      else { return nil }
      let ordered = BorrowedWord.isTime(parts[0]) ? parts.reversed() : parts
      advance()
      reportBorrowed(from: start, instead: ordered.joined(separator: " per "))
      return ordered.map { Name($0, at: span(from: start)) }
    }
  }

  // MARK: - Refusals

  /// `return 403 "no"`, which is `refuse "no"`: no line says a status; nil if it does not stand here.
  mutating func refusalByStatus() throws(Lost) -> RouteLine? {
    let words = [
      "return", "respond", "status", "error", "raise", "abort", "throw", "deny", "reject", "block",
      "refuse",
    ]
    guard token.kind == .word, words.contains(text(token).lowercased()), nextLexeme == .number,
      !startsLine(nextIndex)
    else { return nil }
    let start = start
    advance()
    advance()
    if lexeme == .string, !startsLine {
      reportBorrowed(from: start, instead: Keyword.refuse.rawValue, isSure: false)
      return .refuse(try string(), span(from: start))
    }
    report(
      .elsewhere(
        "a route answers nothing itself: \(quoted(source.text(of: span(from: start))))",
        advice: "`refuse \"…\"` sends a request nowhere, and says why"), at: span(from: start))
    throw Lost()
  }

  // MARK: - Targets

  /// `429`, which is `limited`; nil if no number stands where a failure belongs.
  mutating func failureByNumber() -> Name? {
    guard lexeme == .number, let failure = BorrowedWord.failure(text(token)) else { return nil }
    let start = start
    advance()
    reportBorrowed(from: start, instead: failure)
    return Name(failure, at: span(from: start))
  }

  /// `[a, b]` where one model is named; nil if no list starts here.
  mutating func targetList() throws(Lost) -> Name? {
    guard lexeme == .symbol(.leftParenthesis) else { return nil }
    let start = start
    let values = try list().values
    let names = values.compactMap { value -> String? in
      switch value.kind {
      case .word(let text), .string(let text): text
      default: nil
      }
    }
    guard let first = names.first, names.count == values.count else { throw Lost() }
    let span = span(from: start)
    let chain = names.joined(separator: " fallback ")
    report(
      .borrowed(
        source.text(of: span), instead: chain, edits: [Edit(span, chain)], isSure: false),
      at: span)
    explain(span)
    return Name(first, at: span)
  }

  /// Takes what other languages put before the next model to try; false if nothing like it is here.
  mutating func takeBorrowedFallback() -> Bool {
    let isWord = nextLexeme == .word && !startsLine(nextIndex)
    let isJoined = lexeme == .symbol(.comma) || lexeme == .keyword(.or) || lexeme == .keyword(.else)
    guard isJoined && isWord && !startsLine || lexeme == .word && isBorrowed([.fallback]) else {
      return false
    }
    let start = start
    advance()
    let space = start == tokens[index - 1].span.start && isTight(start) ? " " : ""
    reportBorrowed(
      from: start, instead: "fallback",
      edits: [Edit(span(from: start), space + "fallback")], isSure: false)
    return true
  }

  /// Whether a token stands directly behind the one before it.
  private func isTight(_ start: UInt32) -> Bool {
    start > 0 && !source.bytes[Int(start) - 1].isBlank
  }

  /// What `attempts` may say, the first call among them.
  private static let mostAttempts = 3

  /// `retries 2`, which are two more attempts; nil if no such word stands here.
  mutating func borrowedRetries() throws(Lost) -> CallOption? {
    let words = ["retries", "retry", "num_retries", "max_retries"]
    guard lexeme == .word, words.contains(text(token).lowercased()) else { return nil }
    let start = start
    advance()
    if lexeme == .symbol(.equal) || lexeme == .symbol(.colon) { advance() }
    guard lexeme == .number, case .number(let count, _) = try scalar().kind,
      let retries = count.whole, retries < 100
    else { throw lost(.wholeNumber) }
    let span = span(from: start)
    // The first call is an attempt too.
    let tries = min(Int(clamping: retries) + 1, Self.mostAttempts)
    if retries < Self.mostAttempts {
      reportBorrowed(from: start, instead: "attempts \(tries)", isSure: false)
    } else {
      report(
        .elsewhere(
          "\(quoted(source.text(of: span))) is more than a model is asked again",
          advice: "`attempts \(tries)` is the most, the first call among them; `fallback MODEL` "
            + "asks another"), at: span)
    }
    let attempts = Value(.number(Decimal(digits: Int64(tries)), unit: nil), at: span)
    return CallOption(kind: .attempts, value: attempts, span: span)
  }

  /// Passes over the parameter of `use m temperature 0.2`; false if none stands here.
  mutating func passParameter() -> Bool {
    guard lexeme == .word, Self.parameters.contains(text(token)), !startsLine else { return false }
    let name = text(token)
    report(
      .elsewhere(
        "`\(name)` stands on a line of its own", advice: "as in `set \(name) 0`, before the `use`"),
      at: here)
    advance()
    if lexeme == .symbol(.equal) || lexeme == .symbol(.colon) { advance() }
    if lexeme == .number { advance() }
    return true
  }

  static let parameters: Set<String> = ["temperature", "top_p", "seed"]
}
