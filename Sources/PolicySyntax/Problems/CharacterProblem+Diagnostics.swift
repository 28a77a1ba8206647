import PolicyDiagnostics
import PolicySource

extension CharacterProblem: SyntaxProblem {
  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .fileTooLarge(let limit):
      Diagnostic(.fileTooLarge, .error, "a policy has at most \(limit / 1_048_576) MiB", at: span)
    case .invalidUTF8:
      Diagnostic(
        .invalidUTF8, .error, "these bytes are not UTF-8", at: span,
        notes: [Note("save the file as UTF-8")])
    case .utf16:
      Diagnostic(
        .invalidUTF8, .error, "this file is UTF-16, not UTF-8", at: span,
        notes: [Note("save it as UTF-8")])
    case .unknownCharacters(let characters):
      Diagnostic(
        .unknownCharacter, .error, "\(quoted(characters)) starts nothing in a policy", at: span)
    case .unknownLetters(let word):
      Diagnostic(
        .unknownCharacter, .error, "\(quoted(word)) is no word of a policy", at: span,
        notes: [
          Note("a word starts with a letter of a-z; text in other letters stands in quotes")
        ])
    case .unknownAnnotation(let written):
      Diagnostic(
        .unknownKeyword, .error, "\(quoted(written)) is unknown: the only annotation is `@allow`",
        at: span,
        notes: [Note("`## …` above a declaration says what it is for")],
        fixIts: NearName.of(written, among: ["@allow"]).map {
          [FixIt("write `\($0)`", edits: [Edit(span, $0)])]
        } ?? [])
    case .foreign(let written, let spelling):
      spelling.diagnostic(written, at: span)
    }
  }
}

extension ForeignSpelling {
  fileprivate func diagnostic(_ written: String, at span: Span) -> Diagnostic {
    let shown = quoted(written)
    return switch self {
    case .symbol(let instead):
      Self.spelled(shown, quoted(instead), Edit(span, instead), span)
    case .word(let instead):
      Self.spelled(shown, quoted(Self.trim(instead)), Edit(span, instead), span)
    case .comment(let mark):
      Diagnostic(
        .foreignSpelling, .error, "a comment starts with `#`, not with \(shown)", at: span,
        fixIts: mark.map { [FixIt("write `\($0)`", edits: [Edit(span, $0)], isSafe: true)] } ?? [])
    case .blockComment(let edit):
      Diagnostic(
        .foreignSpelling, .error, "a comment starts with `#`, not with \(shown)", at: span,
        notes: edit == nil ? [Note("it goes to the end of its line")] : [],
        fixIts: edit.map { [FixIt("write `#`", edits: [$0], isSafe: true)] } ?? [])
    case .address:
      Diagnostic(
        .foreignSpelling, .error, "an address stands in quotes: \(shown) starts no comment",
        at: span)
    case .quotes(let content):
      Diagnostic(
        .foreignSpelling, .error, "text stands in double quotes, not in \(shown)", at: span,
        fixIts: [
          // What a backslash meant between other quotes is not known.
          FixIt(
            "use double quotes", edits: [Edit(span, Self.literal(content))],
            isSafe: !content.contains("\\"))
        ])
    case .pattern(let instead):
      // Whoever wrote delimiters or flags inside the quotes meant another one.
      Diagnostic(
        .foreignSpelling, .error, "a regular expression stands between slashes, not in quotes",
        at: span, fixIts: [FixIt("write \(quoted(instead))", edits: [Edit(span, instead)])])
    case .space:
      Diagnostic(
        .foreignSpelling, .error, "this space is the character \(written), not a plain space",
        at: span,
        fixIts: [FixIt("write a plain space", edits: [Edit(span, " ")], isSafe: true)])
    case .matching:
      Diagnostic(
        .foreignSpelling, .error, "\(shown) is spelled `matches` in a policy", at: span,
        notes: [Note("as in `question matches /(?i)refund/`, in any case")])
    case .notMatching:
      Diagnostic(
        .foreignSpelling, .error, "\(shown) is spelled `not … matches` in a policy", at: span,
        notes: [Note("as in `not question matches /(?i)refund/`, in any case")])
    case .money(let instead):
      // Which currency the catalog counts in, the parser does not know.
      Diagnostic(
        .foreignSpelling, .error, "\(shown) is spelled \(quoted(instead)) in a policy", at: span,
        notes: [Note("every amount is in the currency of the catalog")])
    case .choice:
      Diagnostic(
        .foreignSpelling, .error, "there is no \(shown): each case is a route of its own", at: span,
        notes: [Note("the first route whose condition holds is taken, in written order")])
    case .semicolon:
      Diagnostic(
        .foreignSpelling, .error, "nothing ends with \(shown) in a policy", at: span,
        fixIts: [FixIt("delete it", edits: [Edit(span, "")], isSafe: true)])
    case .minus:
      Diagnostic(
        .foreignSpelling, .error, "there is no minus: no number of a policy is below zero", at: span
      )
    case .arithmetic:
      Diagnostic(
        .foreignSpelling, .error, "there is no arithmetic: \(shown) means nothing here", at: span,
        notes: [Note("a word may hold `-`, `.` and `/` between letters and digits, without spaces")]
      )
    case .arrow:
      Diagnostic(
        .foreignSpelling, .error, "there is no \(shown): what follows stands in braces", at: span,
        notes: [Note("as in `route NAME when … { use MODEL }`")])
    case .sigil:
      Diagnostic(
        .foreignSpelling, .error, "a name stands without \(shown)", at: span,
        fixIts: [FixIt("delete it", edits: [Edit(span, "")], isSafe: true)])
    }
  }

  private static func spelled(
    _ written: String, _ instead: String, _ edit: Edit, _ span: Span
  ) -> Diagnostic {
    Diagnostic(
      .foreignSpelling, .error, "\(written) is spelled \(instead) in a policy", at: span,
      fixIts: [FixIt("write \(instead)", edits: [edit], isSafe: true)])
  }

  private static func trim(_ text: String) -> String { text.filter { $0 != " " } }

  private static func literal(_ content: String) -> String {
    content.replacing("\\'", with: "'").asPolicyText
  }
}
