package import PolicyWorkspace

/// A policy with all that was read of it, as one file: an uncompressed tar whose first entry lists the
/// others with their digests.
///
/// The same files make the same bytes. What was read is what was written, or a ``BundleProblem``.
package struct PolicyBundle: Hashable, Sendable {
  package let manifest: BundleManifest
  /// By path, as the manifest lists them.
  package let files: [PolicySources.File]
  /// Of all its bytes: what `sha256sum` says.
  package let digest: SHA256Digest

  /// The entry that lists the others, and the folder they stand in.
  private static let manifestPath = "bundle.json"
  private static let folder = "files/"

  /// Whether bytes begin as a bundle does, whatever has become of the rest.
  package static func begins(_ bytes: [UInt8]) -> Bool {
    let name = Array(manifestPath.utf8) + [0]
    let magic = 257..<262
    return bytes.starts(with: name)
      || bytes.count >= magic.upperBound && bytes[magic].elementsEqual("ustar".utf8)
  }

  package func bytes(of path: String) -> [UInt8]? {
    var (low, high) = (0, files.count)
    while low < high {
      let middle = (low + high) / 2
      if Array(files[middle].path.utf8).lexicographicallyPrecedes(path.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < files.count && files[low].path == path ? files[low].bytes : nil
  }

  // MARK: - Writing

  /// The bytes of a bundle.
  ///
  /// `about` is everything but the list of files, which is made here. Each path once.
  package static func archive(
    _ files: [PolicySources.File], about: BundleManifest
  ) throws(BundleProblem) -> [UInt8] {
    let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    var manifest = about
    manifest.files = sorted.map {
      BundleManifest.File(
        path: $0.path, bytes: $0.bytes.count, digest: SHA256Digest(of: $0.bytes))
    }
    var archive: [UInt8] = []
    try TarEntry.append(manifestPath, manifest.json, to: &archive)
    for file in sorted { try TarEntry.append(folder + file.path, file.bytes, to: &archive) }
    archive += TarEntry.end
    guard archive.count <= TarEntry.mostBytes else { throw .tooLarge(limit: TarEntry.mostBytes) }
    return archive
  }

  // MARK: - Reading

  /// Reads a bundle and holds every file against its digest, and all of it against `digest`.
  ///
  /// Names the first file that is not what the manifest lists before it says that the whole is
  /// another. O(bytes).
  package init(_ bytes: [UInt8], digest asked: SHA256Digest? = nil) throws(BundleProblem) {
    guard Self.begins(bytes) else { throw .noBundle }
    guard bytes.count <= TarEntry.mostBytes else { throw .tooLarge(limit: TarEntry.mostBytes) }
    let entries = try Self.entries(of: bytes)
    guard let first = entries.first, first.path == Self.manifestPath else { throw .noBundle }
    let manifest = try BundleManifest(json: Array(bytes[first.content]))
    files = try Self.files(of: bytes, entries.dropFirst(), manifest)
    self.manifest = manifest
    digest = SHA256Digest(of: bytes)
    if let asked, asked != digest { throw .otherBundle(is: digest, asked: asked) }
    for path in [manifest.policy] + manifest.tests + [manifest.settings].compactMap({ $0 })
    where self.bytes(of: path) == nil {
      throw .manifest("it names `\(path)` and does not list it")
    }
  }

  private struct Entry {
    let path: String
    let content: Range<Int>
  }

  private static func entries(of bytes: [UInt8]) throws(BundleProblem) -> [Entry] {
    var entries: [Entry] = []
    var place = 0
    while true {
      let last = entries.last.map { shown($0.path) }
      guard bytes.count - place >= TarEntry.block else { throw .truncated(inside: last) }
      let header = bytes[place..<(place + TarEntry.block)]
      if header.allSatisfy({ $0 == 0 }) { break }
      guard let (path, size) = TarEntry.read(header),
        let made = try? TarEntry.header(path, size: size), header.elementsEqual(made)
      else { throw .foreignEntry(last ?? manifestPath) }
      let start = place + TarEntry.block
      let end = start + size + TarEntry.padding(size)
      guard end <= bytes.count else { throw .truncated(inside: shown(path)) }
      guard bytes[(start + size)..<end].allSatisfy({ $0 == 0 }) else {
        throw .foreignEntry(shown(path))
      }
      entries.append(Entry(path: path, content: start..<(start + size)))
      place = end
    }
    let rest = bytes[place...]
    guard rest.count >= TarEntry.end.count else {
      throw .truncated(inside: entries.last.map { shown($0.path) })
    }
    guard rest.prefix(TarEntry.end.count).allSatisfy({ $0 == 0 }) else {
      throw .foreignEntry(entries.last.map { shown($0.path) } ?? manifestPath)
    }
    guard rest.count == TarEntry.end.count else {
      throw .extended(bytes: rest.count - TarEntry.end.count)
    }
    return entries
  }

  private static func files(
    of bytes: [UInt8], _ entries: ArraySlice<Entry>, _ manifest: BundleManifest
  ) throws(BundleProblem) -> [PolicySources.File] {
    var files: [PolicySources.File] = []
    var left = entries
    for listed in manifest.files {
      guard let entry = left.first, entry.path == folder + listed.path else {
        // Entries and list are in one order: what comes here is too much, or what is listed is not.
        if let entry = left.first,
          !manifest.files.contains(where: { folder + $0.path == entry.path })
        {
          throw .unlisted(shown(entry.path))
        }
        throw .missing(listed.path)
      }
      left = left.dropFirst()
      let content = bytes[entry.content]
      let digest = SHA256Digest(of: content)
      guard digest == listed.digest, content.count == listed.bytes else {
        throw .changed(listed.path, is: digest, listed: listed.digest)
      }
      if let last = files.last?.path, !last.utf8.lexicographicallyPrecedes(listed.path.utf8) {
        throw .manifest("it lists `\(listed.path)` out of order")
      }
      files.append(PolicySources.File(path: listed.path, bytes: Array(content)))
    }
    if let entry = left.first { throw .unlisted(shown(entry.path)) }
    return files
  }

  private static func shown(_ path: String) -> String {
    path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
  }
}
