import PolicyDiagnostics
package import PolicySource
import PolicySyntax

extension PolicySnapshot {
  /// A file in the one format there is.
  ///
  /// Nil if it has syntax errors, if it is no policy, or if anything but spaces and line ends would
  /// change.
  package func formatted(_ file: SourceID) -> [UInt8]? {
    guard let tree = tree(of: file), !PolicyParser.parse(tree.source).diagnostics.hasErrors else {
      return nil
    }
    let text = PolicyFormatter.format(tree)
    guard FormatCheck.compare(tree.source, text) == .same else { return nil }
    return Array(text.utf8)
  }
}
