import CallerKeys
import PolicyDiagnostics
import PolicySource

/// A keys file on disk, as the commands that change it read it.
struct KeysDocument {
  let path: String
  let source: SourceFile
  /// Whether there is a file yet.
  private let isThere: Bool
  private let sources: SourceMap
  private let read: Parsed<KeysFile?>

  init(_ path: String, mayBeAbsent: Bool = false) throws(CommandFailure) {
    self.path = path
    isThere = !mayBeAbsent || Files.isFolder(path) != nil
    var sources = SourceMap()
    source = sources.add(path: path, bytes: isThere ? try Files.input(path) : [])
    self.sources = sources
    read = KeysReader.read(source, today: nil)
  }

  /// The keys of a file without errors; otherwise they go to standard error and the command ends.
  func sound() throws(CommandFailure) -> KeysFile {
    if let keys = read.value, !read.diagnostics.hasErrors { return keys }
    show(read.diagnostics)
    throw CommandFailure("`\(path)` has errors")
  }

  /// Refuses to mix digests made under two secrets in one file.
  func check(against secret: KeySecret) throws(CommandFailure) {
    let found = try sound().findings(against: secret)
    guard !found.hasErrors else {
      show(found)
      throw CommandFailure("`\(path)` was made under another \(KeySecret.variable)")
    }
  }

  func attempt(
    _ change: () throws(KeysEdit.Refusal) -> [UInt8]
  ) throws(CommandFailure) -> [UInt8] {
    do throws(KeysEdit.Refusal) {
      return try change()
    } catch {
      switch error {
      case .unsound:
        _ = try sound()
        throw CommandFailure("`\(path)` has errors")
      case .exists(let id):
        throw CommandFailure("`\(path)` has a key `\(id)` already: take another id, or revoke it")
      case .tenant(let tenant, let alone, let other):
        throw CommandFailure(
          "`\(path)`: the key `\(other)` stands for the tenant `\(tenant)`, and the key `\(alone)`, which "
            + "names none, would be one by that name: give `\(alone)` a tenant, or one of them another name"
        )
      case .unknown(let id, let near):
        let cure = near.map { "; did you mean `\($0)`?" } ?? "; `rung key list` lists them"
        throw CommandFailure("`\(path)` has no key `\(id)`\(cure)")
      case .notOneBelowTheOther:
        throw CommandFailure(
          "`\(path)` is written so that no entry can be changed alone: write its keys one below the "
            + "other, without braces around them")
      }
    }
  }

  /// In one step; a file that changed since it was read is left alone.
  func replace(with bytes: [UInt8]) throws(CommandFailure) {
    guard isThere else {
      return try Files.write(String(decoding: bytes, as: UTF8.self), to: path)
    }
    try Files.replace(path, holding: source.bytes, with: bytes)
  }

  private func show(_ diagnostics: [Diagnostic]) {
    Terminal.error(
      DiagnosticsOutput.text(
        diagnostics.filter { $0.severity == .error }, in: sources,
        whereTheRestIs: "`rung key check --all` shows them", coloured: Terminal.coloursErrors))
  }
}
