import PolicyDiagnostics
import PolicySource
import Testing
import YAMLReading

/// What holds for any bytes at all: something is said or read, and every place is inside the file.
enum TreeChecks {
  /// The first promise that is broken, or nil.
  static func violation(reading bytes: [UInt8]) -> String? {
    let file = SourceFile(id: SourceID(0), path: "any.yaml", bytes: bytes)
    let parsed = YAMLReader.read(file)
    for finding in parsed.diagnostics {
      guard file.span.contains(finding.span) else { return "a finding outside the file" }
      guard finding.notes.allSatisfy({ $0.span.map(file.span.contains) ?? true }) else {
        return "a note outside the file"
      }
      guard !finding.message.contains("\n") else { return "a message of two lines" }
    }
    guard let root = parsed.value else { return nil }
    if let violation = violation(in: root, within: file.span, depth: 0) { return violation }
    let json = root.jsonBytes
    return (json.value == nil) == json.diagnostics.hasErrors ? nil : "JSON without a word"
  }

  private static func violation(in node: YAMLNode, within parent: Span, depth: Int) -> String? {
    guard parent.contains(node.span) else { return "a node outside its parent" }
    guard depth <= 64 else { return "a tree too deep" }
    switch node.content {
    case .scalar, .refused:
      return nil
    case .sequence(let items):
      return items.lazy.compactMap { violation(in: $0, within: node.span, depth: depth + 1) }.first
    case .mapping(let entries):
      guard Set(entries.map(\.key)).count == entries.count else { return "a key twice" }
      for entry in entries {
        guard node.span.contains(entry.keySpan) else { return "a key outside its mapping" }
        if let violation = violation(in: entry.value, within: node.span, depth: depth + 1) {
          return violation
        }
      }
      return nil
    }
  }
}
