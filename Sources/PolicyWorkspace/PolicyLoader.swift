package import PolicyDiagnostics
package import PolicySemantics
package import PolicySource
package import PolicySyntax
package import PolicyUnits

/// The one way a policy is loaded: for `check`, `explain`, `run` and editors alike.
package enum PolicyLoader {
  /// Parses a policy, follows its imports, reads its catalog and the files it names, and checks all
  /// of it together.
  ///
  /// Paths are read relative to the file that writes them. A file imported from two places is loaded
  /// once. Never fails: what cannot be read is a diagnostic at the text that names it.
  ///
  /// - Parameters:
  ///   - path: the policy's own path, as messages shall show it.
  ///   - read: the bytes of a file, nil if there is none; asked once for each path.
  ///   - catalog: the vocabulary a catalog makes, with spans into the file it was given.
  ///   - today: the day `@allow(… until:)` is held against; nil to leave that unchecked.
  ///   - otherRules: codes of later phases that `@allow` may name.
  ///   - tests: paths of files with more of the policy's tests; they say nothing of what it does, so
  ///     they are no part of its fingerprint.
  ///   - earlier: files that were parsed before, without an error: those that are read as they were
  ///     are not parsed again, and what else was found in them is not told again.
  /// - Returns: what was loaded; `checked` is nil exactly if a diagnostic is an error.
  package static func load(
    path: String,
    read: (String) -> [UInt8]?,
    catalog: (SourceFile) -> (Vocabulary?, [Diagnostic]),
    today: CalendarDate? = nil,
    otherRules: Set<String> = [],
    tests: [String] = [],
    reusing earlier: [PolicyFile] = []
  ) -> LoadedPolicy {
    var gathering = Gathering(reusing: earlier)
    gathering.readPolicy(path, read)
    for test in tests { gathering.readTests(test, read) }
    let vocabulary = gathering.readCatalog(read, catalog)
    gathering.readNamedFiles(read)
    let found = gathering.diagnostics
    let checked = PolicyChecker.check(
      files: gathering.files, vocabulary: vocabulary, files: gathering.named,
      sources: gathering.sources, today: today, isIncomplete: gathering.isIncomplete,
      lacksImports: gathering.lacksImports,
      otherRules: otherRules, tests: gathering.tests)
    let merged = OnePlaceOneFinding.merge(found, checked.diagnostics)
    return LoadedPolicy(
      sources: gathering.sources, files: gathering.files, diagnostics: merged,
      checked: merged.hasErrors ? nil : checked.value, fingerprint: gathering.fingerprint,
      kept: PolicySources(path: path, files: gathering.kept))
  }
}
