import JSONWriting
package import PolicyDiagnostics
import PolicySource

extension YAMLNode {
  /// The node as JSON text, its plain scalars typed as YAML 1.2's core schema says.
  ///
  /// `12`, `0x1F`, `.5` and `1e3` become numbers digit for digit, never through floating point;
  /// `true`, `null` and `~` what they say; `yes`, `1_000` and anything quoted stay strings. Keys are
  /// always strings. What JSON cannot hold (`.inf`, `.nan`, a hexadecimal over 64 bits) is an error
  /// in its place, and there are no bytes. O(bytes); recursion is bounded by the reader's depth
  /// limit.
  package var jsonBytes: Parsed<[UInt8]?> {
    var json = JSONWriter()
    var diagnostics: [Diagnostic] = []
    write(to: &json, &diagnostics)
    return Parsed(diagnostics.isEmpty ? json.bytes : nil, diagnostics: diagnostics)
  }

  private func write(to json: inout JSONWriter, _ diagnostics: inout [Diagnostic]) {
    switch content {
    case .scalar(let scalar):
      write(scalar, to: &json, &diagnostics)
    case .sequence(let items):
      json.array { json in
        for item in items { item.write(to: &json, &diagnostics) }
      }
    case .mapping(let entries):
      json.object { json in
        for entry in entries {
          json.key(entry.key)
          entry.value.write(to: &json, &diagnostics)
        }
      }
    case .refused:
      diagnostics.append(Diagnostic(.yamlNotJSON, .error, "this value was refused", at: span))
    }
  }

  private func write(
    _ scalar: YAMLScalar, to json: inout JSONWriter, _ diagnostics: inout [Diagnostic]
  ) {
    guard scalar.style == .plain else { return json.string(scalar.text) }
    switch CoreScalar(plain: scalar.text) {
    case .null: json.null()
    case .bool(let value): json.bool(value)
    case .number(let text): json.raw(text.utf8)
    case .text: json.string(scalar.text)
    case .notJSON:
      diagnostics.append(
        Diagnostic(
          .yamlNotJSON, .error, "JSON has no number \(quoted(scalar.text))", at: span,
          notes: [Note("put it in quotes if it is a text")]))
    }
  }
}
