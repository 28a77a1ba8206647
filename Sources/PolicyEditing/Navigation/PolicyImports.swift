import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax

/// What a text imports.
package enum PolicyImports {
  /// The paths, as the policy it is a part of reads them; each as often as it is written.
  ///
  /// O(bytes).
  package static func of(_ bytes: [UInt8], at path: String) -> [String] {
    let file = PolicyParser.parse(SourceFile(id: SourceID(0), path: path, bytes: bytes)).value
    return file.declarations.compactMap { declaration in
      guard case .importing(let literal) = declaration.content, !literal.value.isEmpty else {
        return nil
      }
      return PolicyPath.joined(literal.value, to: path)
    }
  }
}
