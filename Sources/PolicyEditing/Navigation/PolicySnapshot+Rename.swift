import PolicyCompiler
import PolicyDiagnostics
package import PolicySource
import PolicySyntax
import RoutingRuntime

extension PolicySnapshot {
  /// The name at a place, if the policy can change it.
  package func renameable(at place: Place) -> (span: Span, name: String)? {
    guard let found = names.occurrence(at: place), !found.kind.isOfCatalog else { return nil }
    return (found.span, found.key.text)
  }

  /// The edits that change a name everywhere: in the policy, its imports, its tests and the request
  /// files they name, and in every other policy that shares a file where the name stands.
  ///
  /// The result is compiled: no policy has an error it did not have, and every name stands for what it
  /// stood for. What callers and logs call it is theirs to change, and is warned of. No edits if the
  /// name is the same. `others` gives the policies that have one of some files as a part, and `real`
  /// says where a path leads through symbolic links: a file has one set of edits, whatever its names.
  package func rename(
    at place: Place, to new: String, sharing others: Sharing = { _ in [] },
    real: @escaping (String) -> String = { $0 }
  ) throws(RenameProblem) -> Renaming {
    let paths = RealPaths(real)
    guard let found = names.occurrence(at: place) else {
      if let other = name(at: place), other.kind.isOfCatalog {
        throw .ofCatalog(other.key.text, other.kind)
      }
      throw .noName
    }
    guard !found.kind.isOfCatalog else { throw .ofCatalog(found.key.text, found.kind) }
    let key = found.key
    guard key.text != new else { return .none }
    try checkSyntax()
    try NameRules.check(new, for: found)
    let family = try family(naming: key, others, paths)
    for policy in family {
      try inPolicy(policy) { () throws(RenameProblem) in
        try policy.check(new, for: found, like: self, paths)
      }
    }
    var asked: [FileEdits] = []
    for policy in family { asked += try RequestFileNames(policy: policy).edits(of: key, to: new) }
    asked = Self.merged(asked, paths)
    try check(KeyChange(from: key, to: new), asked, beside: family, others, paths)
    let files = Self.merged(family.flatMap { $0.edits(of: key, to: new) } + asked, paths)
    let changed = Dictionary(
      files.map { (paths.real($0.file.path), $0.bytes) }, uniquingKeysWith: { first, _ in first })
    var warnings: [RenameWarning] = []
    for policy in family {
      let after = policy.edited(policy.named(changed, paths))
      try inPolicy(policy) { () throws(RenameProblem) in
        try policy.check(after, KeyChange(from: key, to: new))
      }
      for warning in policy.warnings(of: key, found.kind) + policy.failures(after)
      where !warnings.contains(warning) { warnings.append(warning) }
    }
    return Renaming(files: files, warnings: warnings)
  }

  /// Says of a problem in another policy where it is.
  private func inPolicy(
    _ policy: PolicySnapshot, _ check: () throws(RenameProblem) -> Void
  ) throws(RenameProblem) {
    do throws(RenameProblem) { try check() } catch {
      // That of a file that does not parse names the file.
      if case .syntaxError = error { throw error }
      throw policy.path == path ? error : .elsewhere(policy.path, error.message)
    }
  }

  // MARK: Before

  private func checkSyntax() throws(RenameProblem) {
    guard let (file, span) = syntaxError else { return }
    throw .syntaxError(in: file.path, line: file.location(of: span.start).line)
  }

  /// Whether the request files that change are nobody's who says something else by the same fact.
  private func check(
    _ change: KeyChange, _ asked: [FileEdits], beside family: [PolicySnapshot], _ others: Sharing,
    _ paths: RealPaths
  ) throws(RenameProblem) {
    let files = paths.all(asked.map(\.file.path))
    guard !files.isEmpty else { return }
    let known = paths.all(family.map(\.path))
    for policy in try others(files) where !known.contains(paths.real(policy.path)) {
      try inPolicy(policy) { () throws(RenameProblem) in
        try policy.checkSyntax()
        let clash = change.facts.first { name in
          policy.fact(named: name).map { $0.origin == nil } ?? false
        }
        let file = RequestFileNames(policy: policy).paths.first {
          files.contains(paths.real($0))
        }
        if let clash, let file { throw .sharedRequest(file: file, fact: clash) }
      }
    }
  }

  /// Whether the name is free here, and the shared files mean the same here as there.
  private func check(
    _ new: String, for found: Occurrence, like other: PolicySnapshot, _ paths: RealPaths
  ) throws(RenameProblem) {
    try checkSyntax()
    for file in compilation.files {
      guard let there = other.places(of: found.key, in: file.source.path, paths) else { continue }
      guard there == places(of: found.key, in: file.source.path, paths) else {
        throw .meansElse(found.key.text, in: file.source.path)
      }
    }
    switch found.key {
    case .label(_, let owner):
      let labels = names.symbols[owner]?.labels ?? []
      if labels.contains(where: { $0.text == new }) { throw .taken(new, by: .label) }
    case .arm(_, let route):
      if !declarations(of: .arm(new, of: route)).isEmpty { throw .taken(new, by: .arm) }
    case .declared, .model, .embedder:
      if let symbol = names.symbols[new] { throw .taken(new, by: symbol.kind) }
      // Only what stands where a model may stand cannot share its name.
      guard [.ladder, .gate, .classifier].contains(found.kind) else { return }
      if names.models[new] != nil { throw .taken(new, by: .model) }
    }
  }

  // MARK: Edits

  private func edits(of key: SymbolKey, to new: String) -> [FileEdits] {
    let inPolicy = Dictionary(grouping: names.occurrences(of: key), by: \.span.file)
    return inPolicy.compactMap { file, found in
      sources[file].map { FileEdits(file: $0, edits: found.map { Edit($0.span, new) }) }
    }
  }

  /// Each file once, wherever its paths lead: policies that share one change it alike.
  private static func merged(_ files: [FileEdits], _ paths: RealPaths) -> [FileEdits] {
    Dictionary(grouping: files) { paths.real($0.file.path) }.values.compactMap(\.first)
      .sorted { $0.file.path < $1.file.path }
  }

  /// The bytes of changed files, by the paths this policy has for them.
  private func named(_ changed: [String: [UInt8]], _ paths: RealPaths) -> [String: [UInt8]] {
    let own = sources.files.map(\.path) + RequestFileNames(policy: self).paths
    return own.reduce(into: [:]) { named, path in named[path] = changed[paths.real(path)] }
  }

  // MARK: After

  /// Whether the policy has no error after the edits that it does not have now, and every name in it
  /// stands for what it does now.
  private func check(_ after: PolicySnapshot, _ change: KeyChange) throws(RenameProblem) {
    let known = diagnostics.count { $0.severity == .error }
    let errors = after.diagnostics.filter { $0.severity == .error }
    if errors.count > known, let error = errors.first { throw .wouldNotCheck(error.message) }
    for file in compilation.files {
      let before = names.occurrences[file.source.id] ?? []
      let now = after.names.occurrences[file.source.id] ?? []
      let isSame =
        before.count == now.count
        && zip(before, now).allSatisfy {
          change.applied(to: $0.key) == $1.key && $0.kind == $1.kind
        }
      guard isSame else { throw .meansElse(change.new, in: file.source.path) }
    }
  }

  /// The tests that pass now and would not.
  private func failures(_ after: PolicySnapshot) -> [RenameWarning] {
    zip(testResults, after.testResults).compactMap { before, now in
      before.passed && !now.passed ? .failsTest(now.title) : nil
    }
  }

  private func warnings(of key: SymbolKey, _ kind: SymbolKind) -> [RenameWarning] {
    switch key {
    case .declared(let name):
      switch kind {
      case .route: return hasSplit(name) ? [.redrawsSplit(route: name)] : []
      case .budget, .limit: return [.restartsCounter(name)]
      case .fact:
        switch fact(named: name)?.origin {
        case nil: return [.metadataNames(fact: name)]
        case .key: return [.keysName(fact: name)]
        // The header has a name of its own.
        case .header: return []
        }
      case .classifier, .condition, .points, .task, .gate, .ladder, .compression, .guarding, .arm,
        .label, .model, .embedder:
        return []
      }
    case .label(let label, let owner):
      return fact(named: owner) == nil
        ? [.classifierSays(label: label, of: owner)] : [.callersSay(label: label, of: owner)]
    case .arm, .model, .embedder: return []
    }
  }

  private func hasSplit(_ route: String) -> Bool {
    compilation.files.flatMap(\.declarations).contains { declaration in
      guard case .route(let node) = declaration.content, node.name?.text == route else {
        return false
      }
      return node.lines.contains { if case .split = $0 { true } else { false } }
    }
  }

  func fact(named name: String) -> FactDeclaration? {
    for declaration in compilation.files.flatMap(\.declarations) {
      guard case .facts(let facts) = declaration.content else { continue }
      if let fact = facts.first(where: { $0.name.text == name }) { return fact }
    }
    return nil
  }
}

/// What becomes of the keys of names when one of them changes.
private struct KeyChange {
  let from: SymbolKey
  let new: String

  init(from: SymbolKey, to new: String) {
    self.from = from
    self.new = new
  }

  /// The facts a request says otherwise after the change, under their names before and after.
  var facts: [String] {
    switch from {
    case .declared(let name): [name, new]
    case .label(_, let owner): [owner]
    case .arm, .model, .embedder: []
    }
  }

  func applied(to key: SymbolKey) -> SymbolKey {
    switch key {
    case .declared: key == from ? .declared(new) : key
    case .label(let text, let owner):
      .label(key == from ? new : text, of: from == .declared(owner) ? new : owner)
    case .arm(let text, let route):
      .arm(key == from ? new : text, of: from == .declared(route) ? new : route)
    case .model, .embedder: key
    }
  }
}
