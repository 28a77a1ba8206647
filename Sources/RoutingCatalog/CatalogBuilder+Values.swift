import PolicyDiagnostics
import PolicySource
import YAMLReading

extension CatalogBuilder {
  /// The value of an entry in the form its key takes; nil if there is no entry, or after a report.
  mutating func value<Value>(_ entry: YAMLEntry?, _ form: ScalarForm<Value>) -> Value? {
    guard let entry, let text = scalarText(of: entry, form.expected) else { return nil }
    if let value = form.read(text) { return value }
    reportBadValue(text, of: quoted(entry.key), form, at: entry.value.span)
    return nil
  }

  /// The text of a scalar entry; nil after a report if it is none or has nothing in it.
  mutating func scalarText(of entry: YAMLEntry, _ expected: String) -> String? {
    let key = quoted(entry.key)
    switch entry.value.content {
    case .scalar(let scalar):
      guard scalar.isAbsent else { return scalar.text }
      problems.report(
        .catalogBadValue, "\(key) has no value", at: entry.keySpan,
        note: "it takes \(expected); leave the line out if that is not known")
    case .sequence:
      problems.report(
        .catalogWrongShape, "\(key) takes \(expected), not a list", at: entry.keySpan)
    case .mapping:
      problems.report(
        .catalogWrongShape, "\(key) takes \(expected), not a mapping", at: entry.keySpan)
    case .refused:
      break
    }
    return nil
  }

  /// The items of a list of such values, each once.
  mutating func values<Value: Hashable>(
    _ entry: YAMLEntry?, _ form: ScalarForm<Value>
  ) -> [Value] {
    guard let entry, let items = items(of: entry) else { return [] }
    var values: [Value] = []
    var seen: Set<Value> = []
    for item in items {
      let single = YAMLEntry(key: entry.key, keySpan: item.span, value: item)
      guard let text = scalarText(of: single, form.expected) else { continue }
      guard let value = form.read(text) else {
        reportBadValue(text, of: quoted(entry.key), form, at: item.span)
        continue
      }
      if seen.insert(value).inserted {
        values.append(value)
      } else {
        problems.report(
          .catalogDuplicate, "\(quoted(text)) is already in this list", at: item.span)
      }
    }
    return values
  }

  private mutating func reportBadValue<Value>(
    _ text: String, of key: String, _ form: ScalarForm<Value>, at span: Span
  ) {
    let near = problems.hasRoom ? NearName.of(text, among: form.words) : nil
    problems.report(
      .catalogBadValue, "\(key) takes \(form.expected), not \(quoted(text))", at: span,
      fixIt: near.map { FixIt("write `\($0)`", edits: [Edit(span, $0)]) })
  }
}
