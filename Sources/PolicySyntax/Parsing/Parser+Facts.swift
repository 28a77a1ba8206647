import PolicyDiagnostics
import PolicySource

/// Facts, classifiers and compressions: blocks whose lines have a fixed shape.
extension Parser {
  /// `"facts" "{" { NAME ":" type ( "=" value | "required" ) [ "from" … ] } "}"`.
  mutating func facts() -> [FactDeclaration] {
    var facts: [FactDeclaration] = []
    holdsEntries = true
    defer { holdsEntries = false }
    if lexeme == .word, nextLexeme == .symbol(.colon), !startsLine {
      if let fact = bareFact() { facts.append(fact) }
      return facts
    }
    block(.facts) { (parser) throws(Lost) in
      if let fact = try parser.fact() { facts.append(fact) }
    }
    return facts
  }

  /// One fact without the braces around it.
  private mutating func bareFact() -> FactDeclaration? {
    let (place, found) = (here, found)
    let before = problems.diagnostics.count
    let fact = (try? fact()) ?? nil
    guard fact != nil, problems.diagnostics.count == before else { return fact }
    let front = Span(file: source.id, start: place.start, end: place.start)
    report(
      .expected(
        .symbol(.leftBrace), found: found, insertion: nil,
        cure: ("put it in braces", [Edit(front, "{ "), Edit(behind, " }")])), at: place)
    return fact
  }

  private mutating func fact() throws(Lost) -> FactDeclaration? {
    let start = start
    if lexeme == .string, startsLine || nextLexeme == .symbol(.colon) {
      return try fact(named: quotedFactName(), from: start)
    }
    if token.kind != .word { throw lost(.name(of: "fact")) }
    return try fact(named: name(of: "fact", before: [.symbol(.colon)]), from: start)
  }

  private mutating func fact(
    named name: Name?, from start: UInt32
  ) throws(Lost) -> FactDeclaration? {
    mark(.cell)
    if lexeme == .symbol(.equal) { return try untypedFact(name, from: start) }
    expect(.colon)
    let type = try factType()
    let presence = try factPresence()
    let origin = try factOrigin()
    let span = span(from: start)
    return name.map {
      FactDeclaration(name: $0, type: type, presence: presence, origin: origin, span: span)
    }
  }

  /// `plan = "free"`: a default alone, which says what the type may be.
  private mutating func untypedFact(
    _ name: Name?, from start: UInt32
  ) throws(Lost) -> FactDeclaration? {
    let place = here
    let isBool = ["true", "false"].contains(text(tokens[nextIndex]))
    let type: Keyword? =
      switch nextLexeme {
      case .string: .text
      case .number: .count
      default: isBool ? .bool : nil
      }
    let point = Span(file: source.id, start: place.start, end: place.start)
    report(
      .expected(
        .word("`:` and a type"), found: found,
        insertion: type.map { Edit(point, ": \($0.rawValue) ") }), at: place)
    advance()
    let presence = FactDeclaration.Presence.byDefault(try value())
    let origin = try factOrigin()
    let span = span(from: start)
    let known: FactDeclaration.FactType? =
      switch type {
      case .text: .text(place)
      case .count: .count(place)
      case .bool: .bool(place)
      default: nil
      }
    guard let name, let known else { return nil }
    return FactDeclaration(
      name: name, type: known, presence: presence, origin: origin, span: span)
  }

  private mutating func factType() throws(Lost) -> FactDeclaration.FactType {
    if let span = take(.bool) { return .bool(span) }
    if let span = take(.count) { return .count(span) }
    if let span = take(.text) { return .text(span) }
    if let labels = try enumeration() { return .labels(labels) }
    return .labels(try labels("`bool`, `count`, `text` or labels such as `free | pro`"))
  }

  /// `enum(free, pro)`; nil if none stands here.
  private mutating func enumeration() throws(Lost) -> [Name]? {
    guard lexeme == .word || lexeme == .symbol(.leftParenthesis),
      lexeme != .word || nextLexeme == .symbol(.leftParenthesis)
    else { return nil }
    let start = start
    if lexeme == .word { advance() }
    let values = try list().values
    let names = values.map { source.text(of: $0.span).filter { $0 != "\"" } }
    reportBorrowed(from: start, instead: names.joined(separator: " | "), isSure: false)
    return zip(names, values).map { Name($0, at: $1.span) }
  }

  /// `WORD { "|" WORD }`.
  mutating func labels(_ thing: String = "a label") throws(Lost) -> [Name] {
    var labels = [try word(thing)]
    while take(.bar) != nil || takeCommaBetweenLabels() { labels.append(try word("a label")) }
    return labels
  }

  /// The comma of `free, pro`; before the next fact it is another.
  private mutating func takeCommaBetweenLabels() -> Bool {
    let third = lexemes[min(nextIndex + 1, lexemes.count - 1)]
    guard lexeme == .symbol(.comma), nextLexeme == .word, third != .symbol(.colon) else {
      return false
    }
    reportHere(.borrowedWord(",", instead: " |"))
    advance()
    return true
  }

  private mutating func factPresence() throws(Lost) -> FactDeclaration.Presence? {
    if let span = take(.required) { return .required(span) }
    if lexeme == .keyword(.default), nextLexeme != .symbol(.colon) {
      let start = start
      advance()
      _ = take(.equal)
      reportBorrowed(from: start, instead: "=")
      return .byDefault(try value())
    }
    guard lexeme == .symbol(.equal) else {
      reportExpected(.word("a default such as `= false`, or `required`"))
      return nil
    }
    advance()
    return .byDefault(try value())
  }

  private mutating func factOrigin() throws(Lost) -> FactDeclaration.Origin? {
    guard take(.from) != nil else { return nil }
    let span = here
    return switch try keyword([.key, .header]) {
    case .key: .key(span)
    default: .header(try string())
    }
  }

  // MARK: - Classifiers

  /// `"classifier" NAME ":" labels "{" … "}"`.
  mutating func classifier() -> ClassifierDeclaration? {
    let name = name(of: "classifier", before: Self.followers(of: .classifier))
    expect(.colon)
    let labels = (try? labels()) ?? []
    var parts = ClassifierParts()
    var order = LineOrder([[.reads], [.ask, .nearest, .http], [.timeout], [.on]], in: self)
    block(.classifierLines) { (parser) throws(Lost) in
      let span = parser.here
      if parser.lexeme == .keyword(.on) { parser.mark([.loose, .wide]) }
      let keyword = try parser.lineKeyword(.classifierLines)
      parser.check(keyword, at: span, in: &order)
      try parser.classifierLine(keyword, &parts)
    }
    reportMissing(order, required: [[.reads], [.ask, .nearest, .http], [.on]])
    return name.map {
      ClassifierDeclaration(
        name: $0, labels: labels, reads: parts.reads, method: parts.method, timeout: parts.timeout,
        onFailure: parts.onFailure)
    }
  }

  private struct ClassifierParts {
    var reads: Name?
    var method: ClassifierDeclaration.Method?
    var timeout: Value?
    var onFailure: Name?
  }

  private mutating func classifierLine(
    _ keyword: Keyword, _ parts: inout ClassifierParts
  ) throws(Lost) {
    switch keyword {
    case .reads:
      parts.reads = try word("a text such as `question`")
    case .ask:
      let model = try word("a model")
      parts.method = .ask(model: model, question: try string())
    case .nearest:
      let file = try string()
      expect(.greaterOrEqual)
      let threshold = try number()
      expect(.else)
      parts.method = .nearest(file: file, threshold: threshold, otherwise: try word("a label"))
    case .http:
      parts.method = .http(url: try string())
    case .timeout:
      parts.timeout = try duration()
    default:
      expect(.failure)
      parts.onFailure = try word("a label")
    }
  }

  // MARK: - Compressions

  /// `"compress" NAME "{" "target" … [ "when" cond ] [ "to" … ] "with" WORD "}"`.
  mutating func compression() -> CompressionDeclaration? {
    let name = name(of: "compression", before: Self.followers(of: .compress))
    var targets: [Name] = []
    var condition: Condition?
    var size: Value?
    var method: Name?
    var order = LineOrder([[.target], [.when], [.to, .with]], in: self)
    block(.compressLines) { (parser) throws(Lost) in
      let span = parser.here
      let keyword = try parser.lineKeyword(.compressLines)
      parser.check(keyword, at: span, in: &order)
      switch keyword {
      case .target:
        targets.append(try parser.word("a text such as `context`"))
        while parser.take(.comma) != nil {
          targets.append(try parser.word("a text such as `context`"))
        }
      case .when:
        condition = parser.condition()
      case .with:
        method = try parser.word("a model, `extractive` or `lossless`")
      default:
        size = try parser.compressedSize()
        parser.expect(.with)
        method = try parser.word("a model, `extractive` or `lossless`")
      }
    }
    reportMissing(order, required: [[.target], [.to, .with]])
    return name.map {
      CompressionDeclaration(
        name: $0, targets: targets, condition: condition, size: size, method: method)
    }
  }

  private mutating func compressedSize() throws(Lost) -> Value {
    switch lexeme {
    case .share: return try share()
    case .number: return try tokenCount()
    case .duration, .money, .date, .string, .regex, .word, .keyword, .symbol, .broken, .junk,
      .endOfFile:
      throw lost(.word("a share such as `50%` or a count such as `800 tokens`"))
    }
  }
}
