import PolicySemantics
package import PolicySource
import PolicySyntax

extension PolicySnapshot {
  /// Where what stands at a place is declared: in this file or another, for a model in the catalog,
  /// for a file's name the start of that file.
  package func definitions(at place: Place) -> [Span] {
    if let found = name(at: place) { return declarations(of: found.key) }
    return namedFile(at: place).map { [Span(file: $0, start: 0, end: 0)] } ?? []
  }

  /// The file a `catalog` or `import` line at a place names, if it was read.
  private func namedFile(at place: Place) -> SourceID? {
    guard let tree = tree(of: place.file) else { return nil }
    for declaration in tree.declarations {
      switch declaration.content {
      case .catalog(let path), .importing(let path):
        guard path.span.touches(place) else { continue }
        let target = PolicyPath.joined(path.value, to: tree.source.path)
        return sources.files.first { PolicyPath.joined($0.path, to: "") == target }?.id
      case .zone, .condition, .facts, .classifier, .points, .task, .budget, .gate, .ladder,
        .compression, .guarding, .route, .test, .always:
        continue
      }
    }
    return nil
  }
}
