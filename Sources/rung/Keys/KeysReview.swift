import CallerKeys
import PolicyCompiler
import PolicyDiagnostics
import PolicySource

/// A keys file held against the policy it is served with and the secret it was made under.
struct KeysReview {
  /// Nil if there is an error.
  let keys: KeysFile?
  let sources: SourceMap
  let diagnostics: [Diagnostic]
  /// As read: what a change is told by.
  let bytes: [UInt8]

  init(
    _ path: String, with compilation: PolicyCompilation?, secret: KeySecret?
  ) throws(CommandFailure) {
    // Findings of one may point into the other: they share their sources.
    var sources = compilation?.sources ?? SourceMap()
    bytes = try Files.input(path)
    let source = sources.add(path: path, bytes: bytes)
    let read = KeysReader.read(source, today: Moment.today)
    var found = read.diagnostics
    if let keys = read.value {
      if let secret { found += keys.findings(against: secret) }
      if let policy = compilation?.compiled?.policy {
        found += keys.findings(against: policy, in: source)
      }
    }
    self.sources = sources
    diagnostics = found.sorted(by: Diagnostic.isShownBefore)
    keys = found.hasErrors ? nil : read.value
  }
}
