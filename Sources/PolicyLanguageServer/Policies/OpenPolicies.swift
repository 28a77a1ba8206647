import PolicyDiagnostics
import PolicyEditing
import PolicySource

/// The policies the texts in the editor belong to, each read with what stands there.
///
/// A text that a policy imports is a part of that policy and none of its own; so are a catalog and a
/// file of tests. A text nothing imports is a policy, whatever it lacks.
struct OpenPolicies {
  /// One policy as it was read last.
  struct Entry {
    let snapshot: PolicySnapshot
    /// Counts what is read, of all policies together: equal numbers are the same reading.
    let generation: Int
    /// Every path that was asked for, there or not.
    let asked: Set<String>
    /// Every file it is made of.
    let files: Set<String>
    /// What the lint rules found: in this reading, or while they have not looked at it in the one
    /// before, as far as that still has its place.
    var linted: [Diagnostic]

    var findings: [Diagnostic] { snapshot.diagnostics + linted }
  }

  private(set) var entries: [String: Entry] = [:]
  /// Texts in the editor that are in the language.
  private(set) var open: Set<String> = []
  /// Those whose reading is older than what they were made of.
  private(set) var stale: Set<String> = []
  /// The paths that may be policies, in the order they are read; nil if that is to be found again.
  var candidates: [String]?
  /// Something has happened that was not looked at yet.
  private(set) var isBehind = false
  private var generation = 0

  /// By path.
  var sorted: [(path: String, entry: Entry)] {
    entries.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  var lintWork: [WorkID] {
    sorted.map { .lint(policy: $0.path, generation: $0.entry.generation) }
  }

  mutating func opened(_ path: String, isPolicy: Bool) {
    if isPolicy { open.insert(path) }
    candidates = nil
    changed(path)
  }

  mutating func closed(_ path: String) {
    open.remove(path)
    candidates = nil
    changed(path)
  }

  mutating func changed(_ path: String) {
    isBehind = true
    for (policy, entry) in entries where entry.asked.contains(path) { stale.insert(policy) }
  }

  mutating func everythingChanged() {
    isBehind = true
    candidates = nil
    stale.formUnion(entries.keys)
  }

  mutating func caughtUp() {
    isBehind = false
    stale = []
  }

  /// Whether another policy that is up to date has this one as a part.
  func isPart(_ path: String) -> Bool {
    entries.contains { $0.key != path && !stale.contains($0.key) && $0.value.files.contains(path) }
  }

  mutating func put(_ snapshot: PolicySnapshot, asked: Set<String>, for path: String) {
    generation += 1
    stale.remove(path)
    let carried = entries[path].map {
      CarriedFindings.of($0.linted, from: $0.snapshot.sources, to: snapshot.sources)
    }
    entries[path] = Entry(
      snapshot: snapshot, generation: generation, asked: asked,
      files: Set(snapshot.sources.files.map(\.path)), linted: carried ?? [])
  }

  mutating func remove(_ path: String) -> Entry? { entries.removeValue(forKey: path) }

  /// False if the policy has been read again since.
  mutating func setLinted(_ findings: [Diagnostic], of path: String, generation: Int) -> Bool {
    guard entries[path]?.generation == generation else { return false }
    entries[path]?.linted = findings
    return true
  }

  /// The policy whose view of a text is asked: its own, else the first that has it as a part.
  func entry(for path: String) -> Entry? {
    entries[path] ?? sorted.first { $0.entry.files.contains(path) }?.entry
  }
}
