import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax

/// The files a text names, by the paths the policy it is a part of reads them under.
package struct NamedFiles {
  /// What it imports, as often as it is written.
  package private(set) var imports: [String] = []
  /// The request files of its tests.
  package private(set) var requests: [String] = []
  /// Whether it does not parse, so that it may name more.
  package let isBroken: Bool

  /// O(bytes).
  package init(_ bytes: [UInt8], at path: String) {
    let parsed = PolicyParser.parse(SourceFile(id: SourceID(0), path: path, bytes: bytes))
    isBroken = parsed.diagnostics.hasErrors
    for declaration in parsed.value.declarations {
      switch declaration.content {
      case .importing(let literal) where !literal.value.isEmpty:
        imports.append(PolicyPath.joined(literal.value, to: path))
      case .test(let test):
        guard case .file(let literal, _) = test.request else { continue }
        requests.append(PolicyPath.joined(literal.value, to: path))
      default: continue
      }
    }
  }
}
