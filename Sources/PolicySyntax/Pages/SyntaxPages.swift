package import PolicyDiagnostics

/// The offline page of every code of this chapter.
package enum SyntaxPages {
  package static let all: [DiagnosticPage] = characters + literals + structure + lines + conditions

  /// A small complete policy around some lines.
  static func policy(_ lines: String) -> String {
    "rung 1\ncatalog \"catalog.yaml\"\n\(lines)\n"
  }

  /// A policy with one route under this condition.
  static func route(_ condition: String) -> String {
    policy("route first when \(condition) { use qwen3-8b }\notherwise { use deepseek-v4-flash }")
  }
}
