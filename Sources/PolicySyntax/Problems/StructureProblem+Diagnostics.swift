import PolicyDiagnostics
import PolicySource

extension StructureProblem: SyntaxProblem {
  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .missingVersion(let needsOwnLine):
      let version = needsOwnLine ? "\nrung 1\n" : "rung 1\n"
      return Diagnostic(
        .missingVersion, .error, "a policy starts with the version of its language, `rung 1`",
        at: span,
        fixIts: [
          FixIt("insert `rung 1`", edits: [Edit(Self.point(span), version)], isSafe: true)
        ]
      )
    case .misplacedVersion:
      return Diagnostic(
        .missingVersion, .error, "the version stands once, on top of the policy", at: span)
    case .unsupportedVersion(let version):
      return Diagnostic(
        .unsupportedVersion, .error, "version \(quoted(version)) of the language is unknown",
        at: span,
        notes: [Note("this program reads version 1")],
        fixIts: [FixIt("write `1`", edits: [Edit(span, "1")])])
    case .expected(let expectation, let found, let insertion, let cure, let advice):
      return Diagnostic(
        .expectedToken, .error, "expected \(expectation.words), found \(found)", at: span,
        notes: advice.map { [Note($0)] } ?? [],
        fixIts: insertion.map {
          [FixIt("insert `\(Self.trim($0.replacement))`", edits: [$0])]
        } ?? cure.map { [FixIt($0.words, edits: $0.edits)] } ?? [])
    case .bareTime(let figure):
      return Diagnostic(
        .expectedToken, .error, "expected \(Expectation.duration.words), found \(quoted(figure))",
        at: span,
        fixIts: ["s", "ms"].map { unit in
          FixIt("write `\(figure)\(unit)`", edits: [Edit(span, figure + unit)])
        })
    case .unknownKeyword(let word, let place, let near, let advice):
      let known = place.words.map { "`\($0.rawValue)`" }.joined(separator: " ")
      return Diagnostic(
        .unknownKeyword, .error, "unknown \(place.thing) \(quoted(word))", at: span,
        notes: advice.map { [Note($0)] }
          ?? (near == nil && !known.isEmpty ? [Note("known here: \(known)")] : []),
        fixIts: near.map { [FixIt("did you mean `\($0)`?", edits: [Edit(span, $0)])] } ?? [])
    case .borrowedWord(let word, instead: ""):
      return Diagnostic(
        .foreignSpelling, .error, "\(quoted(word)) is left out in a policy", at: span,
        fixIts: Self.rewriting(word, "", span))
    case .borrowedWord(let word, let instead):
      return Diagnostic(
        .foreignSpelling, .error, "\(quoted(word)) is spelled `\(Self.trim(instead))` in a policy",
        at: span, fixIts: Self.rewriting(word, instead, span))
    case .borrowed(let word, let instead, let edits, let isSure):
      let spelling = "is spelled `\(Self.trim(instead))` in a policy"
      return Diagnostic(
        .foreignSpelling, .error, "\(quoted(word)) \(spelling)", at: span,
        fixIts: edits.isEmpty
          ? [] : [FixIt("write `\(Self.trim(instead))`", edits: edits, isSafe: isSure)])
    case .elsewhere(let message, let advice):
      return Diagnostic(.foreignSpelling, .error, message, at: span, notes: [Note(advice)])
    case .quotedName(let word, let instead):
      return Diagnostic(
        .foreignSpelling, .error, "a name stands without quotes: \(quoted(word))", at: span,
        fixIts: [FixIt("write `\(instead)`", edits: [Edit(span, instead)])])
    case .inFront(let found, let keyword, let advice, let place):
      return Diagnostic(
        .unexpectedText, .error, "\(found) cannot stand before `\(keyword)`", at: place,
        notes: advice.map { [Note($0)] } ?? [],
        fixIts: advice == nil ? [FixIt("delete it", edits: [Edit(place, "")])] : [])
    case .unexpected(let found, let before, let advice):
      return Diagnostic(
        .unexpectedText, .error, "\(found) cannot follow \(before)", at: span,
        notes: advice.map { [Note($0)] } ?? [])
    case .noTest(let word, let subject, let advice?):
      return Diagnostic(
        .unexpectedText, .error, "\(quoted(word)) cannot follow \(quoted(subject))", at: span,
        notes: [Note(advice)])
    case .noTest(let word, let subject, nil):
      return Diagnostic(
        .unexpectedText, .error, "\(quoted(word)) cannot follow \(quoted(subject))", at: span,
        notes: [
          Note(
            "tests are `=` `!=` `<` `<=` `>` `>=` `in` `mentions` `contains` `has` `starts with` `matches`"
          )
        ])
    case .unclosed(let opening, let closing, let opened, let insertAt):
      return Diagnostic(
        .unclosedBlock, .error, "this `\(opening.rawValue)` is never closed", at: opened,
        notes: [Note("`\(closing.rawValue)` is expected before this", at: span)],
        fixIts: [
          FixIt("insert `\(closing.rawValue)`", edits: [Edit(insertAt, Self.closing(closing))])
        ])
    case .strayClosing(let found):
      return Diagnostic(
        .strayClosing, .error, "\(quoted(found)) closes nothing", at: span,
        fixIts: [FixIt("delete it", edits: [Edit(span, "")])])
    case .wrongOrder(let line, let before, let previous):
      return Diagnostic(
        .wrongOrder, .error, "`\(line)` stands before `\(before)`", at: span,
        notes: [Note("`\(before)` is here", at: previous)])
    case .repeated(let line, let first):
      return Diagnostic(
        .repeatedLine, .error, "`\(line)` stands once", at: span,
        notes: [Note("it is here", at: first)])
    case .tooManyProblems(let limit):
      return Diagnostic(
        .tooManyProblems, .error, "there are more than \(limit) problems; the rest is left out",
        at: span)
    }
  }

  private static func trim(_ text: String) -> String {
    text.split(separator: " ").joined(separator: " ")
  }

  /// None where words stand on several lines: a comment may stand between them.
  private static func rewriting(_ word: String, _ instead: String, _ span: Span) -> [FixIt] {
    guard !word.utf8.contains(where: \.isNewline) else { return [] }
    let words = instead.isEmpty ? "delete it" : "write `\(trim(instead))`"
    return [FixIt(words, edits: [Edit(span, instead)], isSafe: true)]
  }

  private static func closing(_ symbol: Symbol) -> String {
    symbol == .rightBrace ? "\n}" : symbol.rawValue
  }

  private static func point(_ span: Span) -> Span {
    Span(file: span.file, start: span.start, end: span.start)
  }
}
