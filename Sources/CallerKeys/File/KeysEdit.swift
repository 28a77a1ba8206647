import PolicyDiagnostics
package import PolicySource
import YAMLReading

/// Changes a keys file by one entry and leaves every other byte as it is.
package enum KeysEdit {
  /// Why the file cannot be changed in place.
  package enum Refusal: Error, Hashable, Sendable {
    /// The file has errors: they come first.
    case unsound
    case exists(id: String)
    /// A key without a tenant is its own, by its id, and another key stands for a tenant of that name.
    case tenant(String, alone: String, other: String)
    case unknown(id: String, near: String?)
    /// Entries inside braces, or on one line with others.
    case notOneBelowTheOther
  }

  /// The file with one entry more, behind the last one.
  ///
  /// An empty file gets its head too: `mark` is of the secret the digests are made under.
  package static func adding(
    _ entry: KeyEntry, to file: SourceFile, mark: String
  ) throws(Refusal) -> [UInt8] {
    let old = try ids(of: file)
    guard !old.contains(entry.id) else { throw .exists(id: entry.id) }
    try checkTenant(of: entry, in: file)
    let text = KeysText(file)
    let new = try insert(entry, into: text, root: YAMLReader.read(file).value, mark: mark)
    guard let after = try? ids(of: SourceFile(id: file.id, path: file.path, bytes: new)),
      after == old + [entry.id]
    else { throw .notOneBelowTheOther }
    return new
  }

  private static func checkTenant(
    of entry: KeyEntry, in file: SourceFile
  ) throws(Refusal) {
    for key in KeysReader.read(file).value?.keys ?? [] {
      let (id, tenant) = (key.identity.id, key.identity.tenant)
      if entry.tenant == nil, tenant == entry.id {
        throw .tenant(entry.id, alone: entry.id, other: id)
      }
      if tenant == nil, entry.tenant == id { throw .tenant(id, alone: id, other: entry.id) }
    }
  }

  /// The file without the entry; comments above and below it stay.
  package static func removing(_ id: String, from file: SourceFile) throws(Refusal) -> [UInt8] {
    let old = try ids(of: file)
    guard old.contains(id) else { throw .unknown(id: id, near: NearName.of(id, among: old)) }
    guard let keys = YAMLReader.read(file).value?.entry("keys"),
      let entry = keys.value.entry(id), !KeysText(file).isInBraces(keys.value)
    else { throw .notOneBelowTheOther }
    let text = KeysText(file)
    let start = text.startOfLine(at: Int(entry.span.start))
    let end = text.endOfLine(at: Int(entry.span.end))
    let new = Array(file.bytes[..<start] + file.bytes[end...])
    guard let after = try? ids(of: SourceFile(id: file.id, path: file.path, bytes: new)),
      after == old.filter({ $0 != id })
    else { throw .notOneBelowTheOther }
    return new
  }

  private static func insert(
    _ entry: KeyEntry, into text: KeysText, root: YAMLNode?, mark: String
  ) throws(Refusal) -> [UInt8] {
    guard let root, root.scalar?.isAbsent != true else {
      return text.appending(
        ["made_under: \"\(mark)\"", "keys:"] + entry.lines(indentedBy: "  "))
    }
    guard !text.isInBraces(root) else { throw .notOneBelowTheOther }
    guard let keys = root.entry("keys") else {
      return text.appending(["keys:"] + entry.lines(indentedBy: "  "))
    }
    switch keys.value.content {
    case .mapping(let entries):
      guard let last = entries.last else {
        return text.replacing(
          keys.value.span, andAddingBelow: entry.lines(indentedBy: "  "))
      }
      guard !text.isInBraces(keys.value) else { throw .notOneBelowTheOther }
      let indent = text.indent(of: last.keySpan)
      return text.inserting(entry.lines(indentedBy: indent), below: Int(last.span.end))
    case .scalar:
      return text.inserting(entry.lines(indentedBy: "  "), below: Int(keys.keySpan.end))
    case .sequence, .refused: throw .unsound
    }
  }

  private static func ids(of file: SourceFile) throws(Refusal) -> [String] {
    let read = KeysReader.read(file)
    guard let keys = read.value, !read.diagnostics.hasErrors else { throw .unsound }
    return keys.keys.map(\.identity.id)
  }
}

extension YAMLNode {
  fileprivate func entry(_ key: String) -> YAMLEntry? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }
  }
}
