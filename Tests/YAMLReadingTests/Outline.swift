import PolicyDiagnostics
import PolicySource
import YAMLReading

/// What a text reads as, on one line, each node with the exact bytes its span covers where they
/// differ from its value: `{a: [1, 'x'⟨"x"⟩]}`.
struct Outline {
  let tree: String
  /// `line:column code` of each finding, columns in characters.
  let findings: [String]

  init(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  init(bytes: [UInt8]) {
    let file = SourceFile(id: SourceID(0), path: "sample.yaml", bytes: bytes)
    let parsed = YAMLReader.read(file)
    tree = parsed.value.map { Self.describe($0, in: file) } ?? "nothing"
    findings = parsed.diagnostics.map { Self.place($0, in: file) }
  }

  static func place(_ diagnostic: Diagnostic, in file: SourceFile) -> String {
    let location = file.location(of: diagnostic.span.start)
    return "\(location.line):\(location.column) \(diagnostic.code.rawValue)"
  }

  private static func describe(_ node: YAMLNode, in file: SourceFile) -> String {
    switch node.content {
    case .scalar(let scalar):
      let source = file.text(of: node.span)
      return scalar.style == .plain && source == scalar.text
        ? scalar.text : "'\(scalar.text.escaped)'⟨\(source.escaped)⟩"
    case .sequence(let items):
      return "[" + items.map { describe($0, in: file) }.joined(separator: ", ") + "]"
    case .mapping(let entries):
      let pairs = entries.map { "\($0.key.escaped): \(describe($0.value, in: file))" }
      return "{" + pairs.joined(separator: ", ") + "}"
    case .refused:
      return "refused⟨\(file.text(of: node.span))⟩"
    }
  }
}

extension String {
  fileprivate var escaped: String {
    var text = ""
    for scalar in unicodeScalars {
      text += scalar == "\n" ? "\\n" : scalar == "\r" ? "\\r" : String(scalar)
    }
    return text
  }
}
