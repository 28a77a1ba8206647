package import PolicyDiagnostics
package import PolicySource
import PolicySyntax

extension PolicySnapshot {
  /// The name at a place, if the policy can change it.
  package func renameable(at place: Place) -> (span: Span, name: String)? {
    guard let found = names.occurrence(at: place), !found.kind.isOfCatalog else { return nil }
    return (found.span, found.key.text)
  }

  /// The edits that change a name everywhere in the policy, its imports and its tests.
  ///
  /// What callers and logs call it (a fact in a request's metadata, a route in the ledger) is theirs to
  /// change. No edits if the name is the same.
  package func rename(at place: Place, to new: String) throws(RenameProblem) -> [Edit] {
    guard let found = names.occurrence(at: place) else {
      if let other = name(at: place), other.kind.isOfCatalog {
        throw .ofCatalog(other.key.text, other.kind)
      }
      throw .noName
    }
    guard !found.kind.isOfCatalog else { throw .ofCatalog(found.key.text, found.kind) }
    guard found.key.text != new else { return [] }
    guard !hasSyntaxErrors else { throw .syntaxErrors }
    try check(new, for: found)
    let edits = names.occurrences(of: found.key).map { Edit($0.span, new) }
    try check(edits)
    return edits
  }

  /// Whether a name may be given to what it is meant for.
  private func check(_ name: String, for renamed: Occurrence) throws(RenameProblem) {
    let lexed = PolicyLexer.lex(SourceFile(path: "", text: name))
    let kinds = lexed.value.stream.tokens.map(\.kind)
    guard kinds == [.word, .endOfFile], lexed.diagnostics.isEmpty,
      lexed.value.stream.tokens[0].span.count == name.utf8.count
    else { throw .malformed(name) }
    if case .label(_, let owner) = renamed.key {
      let labels = names.symbols[owner]?.labels ?? []
      if labels.contains(where: { $0.text == name }) { throw .taken(name, by: .label) }
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
    if case .arm(_, let route) = renamed.key {
      if !declarations(of: .arm(name, of: route)).isEmpty { throw .taken(name, by: .arm) }
      return
    }
    if let symbol = names.symbols[name] { throw .taken(name, by: symbol.kind) }
    // Only what stands where a model may stand cannot share its name.
    guard [.ladder, .gate, .classifier].contains(renamed.kind) else { return }
    if names.models[name] != nil { throw .taken(name, by: .model) }
  }

  /// Whether the policy has no error after the edits that it does not have before them.
  private func check(_ edits: [Edit]) throws(RenameProblem) {
    guard let first = edits.first else { return }
    let change = Diagnostic(
      DiagnosticCode("rename"), .note, "", at: first.span,
      fixIts: [FixIt("rename it", edits: edits)])
    let plan = FixPlan(
      [change], in: sources, files: Set(edits.map(\.span.file)), includingUnsafe: true)
    var changed: [String: [UInt8]] = [:]
    for file in plan.files {
      guard let source = sources[file] else { continue }
      changed[source.path] = plan.bytes(of: source)
    }
    let after = edited(changed)
    let known = diagnostics.count { $0.severity == .error }
    let errors = after.diagnostics.filter { $0.severity == .error }
    guard errors.count > known, let error = errors.first else { return }
    throw .wouldNotCheck(error.message)
  }
}
