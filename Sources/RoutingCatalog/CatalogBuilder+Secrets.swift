import PolicySource
import YAMLReading

extension CatalogBuilder {
  /// The tree with every value that looks like a key reported and marked refused, so that nothing
  /// that is read from it can be shown.
  mutating func withoutKeys(_ node: YAMLNode) -> YAMLNode {
    switch node.content {
    case .refused:
      return node
    case .scalar(let scalar):
      guard SecretLikeness.isKey(scalar.text) else { return node }
      reportKey(at: node.span)
      return YAMLNode(.refused, at: node.span)
    case .sequence(let items):
      return YAMLNode(.sequence(items.map { withoutKeys($0) }), at: node.span)
    case .mapping(let entries):
      return YAMLNode(.mapping(entries.compactMap { withoutKeys($0) }), at: node.span)
    }
  }

  private mutating func withoutKeys(_ entry: YAMLEntry) -> YAMLEntry? {
    if SecretLikeness.isKey(entry.key) {
      reportKey(at: entry.keySpan)
      return nil
    }
    // What stands under `key_env` is judged, once, where a provider is read.
    guard entry.key != "key_env" else { return entry }
    return YAMLEntry(key: entry.key, keySpan: entry.keySpan, value: withoutKeys(entry.value))
  }

  /// The name of the variable that holds a provider's key; nil if there is none, or after a report.
  ///
  /// A value that is no such name is never shown: it is likely the key.
  mutating func keyVariable(_ entry: YAMLEntry?) -> String? {
    guard let entry else { return nil }
    let name = entry.value.scalar?.text ?? ""
    if SecretLikeness.isVariableName(name) { return name }
    problems.hide(entry.value.span)
    guard scalarText(of: entry, "the name of a variable such as `OPENAI_API_KEY`") != nil
    else { return nil }
    problems.report(
      .catalogKeyInFile, "`key_env` takes the name of a variable, and this is none",
      at: entry.value.span,
      note: "capitals, digits and `_`, as `OPENAI_API_KEY`; the value is not shown in case it is a "
        + "key: if it is, replace it with its issuer, for whoever has the file has the key")
    return nil
  }

  /// Refuses the keys under which a secret is written by mistake, without showing their values.
  mutating func refuseSecretEntries(in entries: [YAMLEntry]) {
    for entry in entries where SecretLikeness.keyNames.contains(entry.key) {
      problems.hide(entry.span)
      problems.report(
        .catalogKeyInFile, "a provider has no `\(entry.key)`: no key stands in a catalog",
        at: entry.keySpan, note: "name the variable that holds it under `key_env`")
    }
  }

  private mutating func reportKey(at span: Span) {
    problems.hide(span)
    problems.report(
      .catalogKeyInFile, "this looks like a key, which a catalog never holds", at: span,
      note: "name the variable that holds it under `key_env`, and replace the key with its issuer: "
        + "whoever has the file has it")
  }
}
