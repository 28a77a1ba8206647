import PolicyDiagnostics
import PolicySource
import YAMLReading

extension CatalogBuilder {
  /// Says what keeps a policy from naming this; false after a report.
  @discardableResult
  mutating func checkName(
    _ name: String, _ what: String, at span: Span, advice: String? = nil
  ) -> Bool {
    if PolicyWord.reserved.contains(name) {
      let word = "\(name)-\(what.split(separator: " ").last ?? "1")"
      problems.report(
        .catalogBadName,
        "\(what) cannot be called \(quoted(name)): policies have that word for themselves",
        at: span,
        note: "call it `\(word)`" + (advice.map { "; \($0)" } ?? ""),
        fixIt: FixIt("call it `\(word)`", edits: [Edit(span, word)]))
      return false
    }
    guard PolicyWord.isWord(name) else {
      let word = PolicyWord.suggestion(for: name)
      problems.report(
        .catalogBadName, "\(what) cannot be called \(quoted(name)): a policy could not name it",
        at: span,
        note: "a name is letters, digits and `_`, joined by `-`, `.` or `/`, a letter first"
          + (word.map { ": `\($0)`" } ?? "") + (advice.map { "; \($0)" } ?? ""),
        fixIt: word.map { FixIt("call it `\($0)`", edits: [Edit(span, $0)]) })
      return false
    }
    return true
  }

  /// A region, which is a word; nil if there is none.
  mutating func region(_ entry: YAMLEntry?) -> String? {
    guard let entry, let name = value(entry, .text) else { return nil }
    return checkName(name, "a region", at: entry.value.span) ? name : nil
  }

  /// Tags, which are words, each once.
  mutating func tags(_ entry: YAMLEntry?) -> [String] {
    guard let entry, let items = items(of: entry) else { return [] }
    var seen: Set<String> = []
    return items.compactMap { item in
      let single = YAMLEntry(key: entry.key, keySpan: item.span, value: item)
      guard let tag = value(single, .text), checkName(tag, "a tag", at: item.span) else {
        return nil
      }
      if seen.insert(tag).inserted { return tag }
      problems.report(.catalogDuplicate, "\(quoted(tag)) is already in this list", at: item.span)
      return nil
    }
  }
}

extension CatalogBuilder {
  /// The name of a provider of this catalog; nil after a report.
  mutating func provider(_ entry: YAMLEntry?) -> String? {
    guard let entry, let name = value(entry, .text) else { return nil }
    guard !providerNames.contains(name) else { return name }
    let known = problems.hasRoom ? providerNames.sorted() : []
    let near = NearName.of(name, among: known)
    problems.report(
      .catalogUnknownProvider, "there is no provider \(quoted(name))", at: entry.value.span,
      note: near == nil ? "this catalog has \(listed(Array(known.prefix(8))))" : nil,
      fixIt: near.map { FixIt("write `\($0)`", edits: [Edit(entry.value.span, $0)]) })
    return nil
  }
}
