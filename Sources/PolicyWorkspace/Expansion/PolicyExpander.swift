package import PolicyDiagnostics
import PolicySemantics
import PolicySource
package import PolicySyntax

/// Writes a policy and its imports as one.
package enum PolicyExpander {
  /// The flat policy, which checks as the policy does and decides the same.
  ///
  /// - Imported declarations stand before those of their kind in the policy, in the order they are
  ///   reached, which is the order they are checked in.
  /// - Every declaration is kept, whether the policy uses it or not: a fact nobody reads still
  ///   refuses a request, a budget still binds.
  /// - Every path that is written leads where it led, from where the flat policy will stand.
  /// - Names stay names, and what is left to a default is left to it.
  /// - Comments, `@allow` lines, tests and promises stay with what they belong to.
  ///
  /// A policy without imports comes out formatted and otherwise as it is. O(n log n).
  ///
  /// - Parameters:
  ///   - files: parsed without errors: the policy, its imports as they are reached, then files of
  ///     its tests.
  ///   - path: where the flat policy will stand.
  ///   - absolute: the same path from the root, for when a path has to be written anew.
  ///   - allowing: imported declarations, by their place among all of the text, that nothing in the
  ///     policy uses: they get an `@allow`, as nothing was said of them before.
  /// - Returns: the flat policy and where each declaration of it was written.
  package static func expand(
    _ files: [PolicyFile], to path: String, absolute: @escaping (String) -> String = { $0 },
    allowing: Set<Int> = []
  ) -> ExpandedPolicy {
    guard let policy = files.first else { return ExpandedPolicy(text: "", declarations: []) }
    var writer = FlatWriter(
      policy: policy.source.path, path: path, absolute: absolute, allowing: allowing)
    writer.write(files)
    let source = SourceFile(path: path, text: writer.text)
    let text = PolicyFormatter.format(PolicyParser.parse(source).value)
    return ExpandedPolicy(text: text, declarations: origins(of: writer.written, in: text))
  }

  /// The imported declarations of a flat policy that nothing uses, for `allowing`.
  ///
  /// `diagnostics` are what checking `file`, the flat policy parsed, has found.
  package static func unused(
    in file: PolicyFile, _ diagnostics: [Diagnostic], among origins: [ExpandedPolicy.Origin]
  ) -> Set<Int> {
    let imported = Set(origins.filter(\.isImported).map(\.line))
    let spans = diagnostics.filter { $0.code == .unusedDeclaration }.map(\.span)
    var unused: Set<Int> = []
    for (index, declaration) in file.declarations.enumerated()
    where spans.contains(where: declaration.span.contains) {
      let lines = ExpandedPolicy.Origin.lines(of: declaration, in: file.source)
      if !imported.isDisjoint(with: lines) { unused.insert(index) }
    }
    return unused
  }

  private static func origins(
    of written: [FlatWriter.Written], in text: String
  ) -> [ExpandedPolicy.Origin] {
    let flat = PolicyParser.parse(SourceFile(path: "", text: text)).value
    return zip(written, flat.declarations).flatMap { written, declaration in
      let names = written.declaration.namedPlaces
      let lines = ExpandedPolicy.Origin.lines(of: declaration, in: flat.source)
      return zip(names, lines).map { entry, line in
        ExpandedPolicy.Origin(
          keyword: entry.keyword ?? written.source.text(of: written.declaration.keyword),
          name: entry.name, path: written.source.path,
          place: written.source.location(of: entry.span.start), isImported: written.isImported,
          line: line)
      }
    }
  }
}

extension ExpandedPolicy.Origin {
  /// The line of each of its names in a file.
  static func lines(of declaration: Declaration, in source: SourceFile) -> [Int] {
    declaration.namedPlaces.map { source.location(of: $0.span.start).line }
  }
}

extension Declaration {
  /// Its name and place; of a block of facts those of each fact.
  fileprivate var namedPlaces: [(keyword: String?, name: String?, span: Span)] {
    if case .facts(let facts) = content {
      return facts.map { ("fact", $0.name.text, $0.span) }
    }
    return [(nil, name, span)]
  }

  private var name: String? {
    switch content {
    case .catalog(let path): path.value
    case .zone(let zone): zone.value
    case .importing(let path): path.value
    case .condition(let node): node.name.text
    case .facts: nil
    case .classifier(let node): node.name.text
    case .points(let node): node.name.text
    case .task(let node): node.name.text
    case .budget(let node): node.name.text
    case .gate(let node): node.name.text
    case .ladder(let node): node.name.text
    case .compression(let node): node.name.text
    case .guarding(let node): node.name.text
    case .route(let node): node.name?.text
    case .test(let node): node.title.value
    case .always(let node): node.title.value
    }
  }
}
