package import PolicyDiagnostics
import PolicySemantics
package import PolicySource
import YAMLReading

/// Reads a catalog; ``Catalog`` shows what one looks like.
package enum CatalogReader {
  /// What the file says, and what is wrong with it.
  ///
  /// Never fails and never stops at the first mistake. The catalog is nil only if the file is no
  /// mapping at all; beside errors it holds what could be read, good enough to go on finding
  /// mistakes and for nothing else. O(bytes).
  package static func read(_ file: SourceFile) -> Parsed<Catalog?> {
    let yaml = YAMLReader.read(file)
    var builder = CatalogBuilder(file: file, diagnostics: yaml.diagnostics)
    guard let root = builder.root(yaml.value) else {
      return Parsed(nil, diagnostics: builder.problems.sorted)
    }
    let catalog = builder.catalog(from: root)
    return Parsed(catalog, diagnostics: builder.problems.sorted)
  }
}
