import PolicyDiagnostics
import PolicyEditing

/// Policies are read when nothing more waits to be read of the client, or when it asks.
extension LanguageSession {
  /// Called when no message waits: reads what has changed and tells what was found.
  package mutating func idle() -> [ServerEffect] { bringUpToDate() }

  mutating func bringUpToDate() -> [ServerEffect] {
    guard policies.isBehind else { return [] }
    let before = policies.entries
    var read: [String] = []
    for path in policyPaths() {
      if policies.entries[path] != nil, !policies.stale.contains(path) { continue }
      if policies.isPart(path) { continue }
      readPolicy(path)
      read.append(path)
    }
    let left = leaveOut()
    policies.caughtUp()
    var effects: [ServerEffect] = []
    var files: Set<String> = []
    for path in read + left {
      if let old = before[path] {
        effects.append(.stop(.lint(policy: path, generation: old.generation)))
        files.formUnion(old.files)
      }
      guard let entry = policies.entries[path] else { continue }
      files.formUnion(entry.files)
      let snapshot = entry.snapshot
      // The rules say nothing of a policy with errors: what they found before them stays.
      guard snapshot.compiles else { continue }
      effects.append(
        .start(
          Work(
            id: .lint(policy: path, generation: entry.generation), delay: Self.quiet,
            run: { .linted(snapshot.linted()) })))
    }
    return publish(files) + effects
  }

  mutating func linted(
    _ path: String, _ generation: Int, _ findings: [Diagnostic]
  ) -> [ServerEffect] {
    guard policies.setLinted(findings, of: path, generation: generation),
      let entry = policies.entries[path]
    else { return [] }
    return publish(entry.files)
  }

  private func publish(_ files: Set<String>, _ publishing: inout Publishing) -> [ServerEffect] {
    files.sorted().flatMap { path in
      publishing.messages(for: path, of: policies, document: documents[path], client: client)
        .map(ServerEffect.send)
    }
  }

  private mutating func publish(_ files: Set<String>) -> [ServerEffect] {
    var publishing = publishing
    let effects = publish(files, &publishing)
    self.publishing = publishing
    return effects
  }

  private mutating func readPolicy(_ path: String) {
    let (snapshot, asked) = surroundings.snapshot(
      of: path, after: policies.entries[path]?.snapshot,
      read: { documents[$0]?.bytes ?? world.read($0) })
    policies.put(snapshot, asked: asked, for: path)
  }

  var surroundings: PolicySurroundings {
    PolicySurroundings(world: world, folders: client.folders, open: documents.keys.sorted())
  }

  /// Takes away the policies no text in the editor belongs to any more, and those that turned out to
  /// be a part of another; their paths.
  private mutating func leaveOut() -> [String] {
    var left: [String] = []
    let found = Set(policies.candidates ?? [])
    for (path, entry) in policies.sorted {
      let isWanted = found.contains(path) && entry.files.contains { documents[$0] != nil }
      if !isWanted || policies.isPart(path) {
        _ = policies.remove(path)
        left.append(path)
      }
    }
    return left
  }

  // MARK: Which policies there are

  /// What may be a policy, those that are known first: a part of one of them need not be read alone.
  private mutating func policyPaths() -> [String] {
    let found = policies.candidates ?? findPolicies()
    policies.candidates = found
    let known = found.filter { policies.entries[$0] != nil }
    return known + found.filter { policies.entries[$0] == nil }
  }

  private func findPolicies() -> [String] {
    let around = surroundings
    let texts = policies.open.sorted()
    var found = texts.compactMap(around.owner)
    for path in around.open {
      found += NearbyPolicies.using(path, in: client.folders.folder(of: path), of: world)
    }
    found += texts.filter { around.owner(of: $0) == nil }
    var seen: Set<String> = []
    return found.filter { seen.insert($0).inserted }
  }
}
