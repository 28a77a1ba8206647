import PolicyDiagnostics
import PolicySource
import PolicySyntax

/// How a name is written, whatever policy it is meant for.
enum NameRules {
  /// The longest name an editor gives: names stand in columns of reports, in headers of answers and in
  /// labels of metrics.
  static let mostBytes = 100

  /// Words that mean something where a name or a label may stand too.
  ///
  /// The compiler can tell which is meant; a reader of `use requested` or `urgent = true` cannot.
  private static let telling: Set<String> = ["requested", "true", "false"]

  /// Whether a name may be given to what an occurrence names.
  static func check(_ name: String, for named: Occurrence) throws(RenameProblem) {
    let lexed = PolicyLexer.lex(SourceFile(path: "", text: name))
    let kinds = lexed.value.stream.tokens.map(\.kind)
    guard kinds == [.word, .endOfFile], lexed.diagnostics.isEmpty,
      lexed.value.stream.tokens[0].span.count == name.utf8.count
    else { throw .malformed(name) }
    guard name.utf8.count <= mostBytes else { throw .tooLong(name.utf8.count) }
    guard !telling.contains(name) else { throw .reserved(name) }
    if case .label = named.key {
      guard !Keyword.reserved.contains(where: { $0.rawValue == name }) else {
        throw .reserved(name)
      }
      return
    }
    guard Keyword(rawValue: name) == nil, !RequestWords.isField(name), !AnswerWords.isField(name)
    else { throw .reserved(name) }
    guard name.utf8.allSatisfy({ !(0x41...0x5A).contains($0) }),
      !name.utf8.contains(where: { "-./".utf8.contains($0) })
    else { throw .malformed(name) }
  }
}
