import PolicyDiagnostics
import PolicySource
import YAMLReading

/// A mapping whose keys are known; keys nobody knows have been reported.
struct Fields {
  /// What the mapping describes, as `a provider`.
  let what: String
  /// Where a missing key is reported: the name of the thing.
  let name: Span
  private let entries: [String: YAMLEntry]
  /// Keys that were likely meant by an unknown one: they are not missed as well.
  fileprivate let misspelt: Set<String>

  init(what: String, name: Span, entries: [YAMLEntry], misspelt: Set<String> = []) {
    self.what = what
    self.name = name
    self.misspelt = misspelt
    self.entries = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
  }

  subscript(key: String) -> YAMLEntry? { entries[key] }
}

extension CatalogBuilder {
  /// The entries of a mapping with unknown keys reported, but for those that were before; nil if it
  /// is none.
  mutating func fields(
    of node: YAMLNode, _ what: String, at name: Span, keys: [String],
    reported: Set<String> = []
  ) -> Fields? {
    guard let entries = entries(of: node, what, at: name) else { return nil }
    var misspelt: Set<String> = []
    for entry in entries where !keys.contains(entry.key) && !reported.contains(entry.key) {
      let advice = BorrowedKey.advice(for: entry.key)
      let near =
        problems.hasRoom && advice == nil
        ? BorrowedKey.meaning(of: entry.key, among: keys) ?? NearName.of(entry.key, among: keys)
        : nil
      if let near { misspelt.insert(near) }
      problems.report(
        .catalogUnknownKey, "\(what) has no key \(quoted(entry.key))", at: entry.keySpan,
        note: advice ?? (near == nil ? "its keys are \(listed(keys))" : nil),
        fixIt: near.map { FixIt("write `\($0)`", edits: [Edit(entry.keySpan, $0)]) })
    }
    return Fields(what: what, name: name, entries: entries, misspelt: misspelt)
  }

  /// The entries of a mapping under any keys; nil if it is none.
  mutating func entries(of node: YAMLNode, _ what: String, at name: Span) -> [YAMLEntry]? {
    switch node.content {
    case .mapping(let entries): return entries
    case .refused: return nil
    case .sequence: return wrongShape("\(what) is a mapping, not a list", at: node.span)
    case .scalar(let scalar):
      if scalar.isAbsent { return wrongShape("\(what) has nothing in it", at: name) }
      return wrongShape("\(what) is a mapping, not \(quoted(scalar.text))", at: node.span)
    }
  }

  /// The items of a list; nil if it is none.
  mutating func items(of entry: YAMLEntry) -> [YAMLNode]? {
    let key = quoted(entry.key)
    switch entry.value.content {
    case .sequence(let items): return items
    case .refused: return nil
    case .mapping: return wrongShape("\(key) takes a list, not a mapping", at: entry.keySpan)
    case .scalar(let scalar):
      if scalar.isAbsent { return wrongShape("\(key) has no value", at: entry.keySpan) }
      return wrongShape(
        "\(key) takes a list, not \(quoted(scalar.text))", at: entry.value.span,
        note: "write `[\(scalar.text.prefix(40))]`")
    }
  }

  /// The entry, reported if it is missing.
  mutating func required(_ fields: Fields, _ key: String) -> YAMLEntry? {
    if let entry = fields[key] { return entry }
    if fields.misspelt.contains(key) { return nil }
    problems.report(
      .catalogMissingKey, "\(fields.what) needs `\(key)`", at: fields.name)
    return nil
  }

  private mutating func wrongShape<Value>(
    _ message: String, at span: Span, note: String? = nil
  ) -> Value? {
    problems.report(.catalogWrongShape, message, at: span, note: note)
    return nil
  }
}

/// Names in backticks with commas: `` `a`, `b` and `c` ``.
func listed(_ names: [String], last: String = "and") -> String {
  let shown = names.map { "`\($0)`" }
  guard let end = shown.last, shown.count > 1 else { return shown.first ?? "none" }
  return shown.dropLast().joined(separator: ", ") + " \(last) " + end
}
