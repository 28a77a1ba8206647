package import PolicyDiagnostics
package import PolicySource

/// Reads one YAML document into nodes that know their bytes.
///
/// What a catalog or a request needs is read; what makes YAML surprising is refused by name and in
/// place: anchors and aliases, tags and directives, merge keys, keys that are no scalars, a key twice
/// in one mapping, a second document. Files are limited in bytes, depth and nodes, and the first is
/// checked before anything is parsed. Nothing a file holds can crash or hang this: O(bytes).
///
/// Files of other programs may share values all the same: then an alias is read as what its anchor
/// holds, and a merge key as the entries it brings, each counted as if it were written out.
package enum YAMLReader {
  /// The document's root, and what was wrong with it.
  ///
  /// The root is nil if the file is empty (no diagnostic) or no YAML at all (an error says where).
  /// Beside an error the root may be incomplete: refused nodes are marked, refused entries left out.
  package static func read(
    _ file: SourceFile, limits: YAMLLimits = .standard, sharing: YAMLSharing = .refused
  ) -> Parsed<YAMLNode?> {
    let text: YAMLText
    do {
      text = try YAMLText(file, limits: limits)
    } catch {
      return Parsed(nil, diagnostics: [error.diagnostic(in: file)])
    }
    var builder = TreeBuilder(text: text, limits: limits, sharing: sharing)
    builder.run()
    return Parsed(builder.root, diagnostics: builder.problems.diagnostics)
  }
}

/// What becomes of anchors, aliases and merge keys.
package enum YAMLSharing: Hashable, Sendable {
  case refused, resolved
}

/// How much YAML is read before a file is refused.
package struct YAMLLimits: Hashable, Sendable {
  package var bytes: Int
  /// Sequences and mappings inside each other.
  package var depth: Int
  /// Scalars, sequences and mappings together, keys included.
  package var nodes: Int
  /// Findings shown for one file; a file with more is told so.
  package var findings: Int

  package init(
    bytes: Int = 8 << 20, depth: Int = 64, nodes: Int = 250_000, findings: Int = 100
  ) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
    self.findings = findings
  }

  package static let standard = YAMLLimits()
}
