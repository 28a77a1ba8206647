import PolicyEditing
import PolicySource

/// The policies of the workspace, open or only on disk, by the files they are made of.
///
/// A value of the moment a question came, asked only for what reaches beyond one policy: every file
/// with policies in the workspace is read.
struct WorkspacePolicies: Sendable {
  /// How many names of files and folders are looked at.
  static let mostFiles = 20_000
  /// Folders with the packages of other languages: large, and none of ours.
  private static let left: Set<String> = ["node_modules"]

  let surroundings: PolicySurroundings
  let documents: [String: OpenDocument]
  /// The policies that were read, by path.
  let known: [String: PolicySnapshot]

  /// The policies that have one of some files as a part or ask it in a test, and those that do not
  /// parse and have its name in them.
  ///
  /// - Throws: ``RenameProblem/tooManyFiles(most:)`` if not every file could be looked at.
  func sharing(_ files: Set<String>) throws(RenameProblem) -> [PolicySnapshot] {
    let files = Set(files.map(real))
    var found = known.filter { $0.value.isMade(of: files, real: real) }
    var places = Set(found.keys.map(real))
    for path in try naming(files) where places.insert(real(path)).inserted {
      found[path] = known[path] ?? surroundings.snapshot(of: path, after: nil, read: read).snapshot
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Where a path leads through symbolic links.
  func real(_ path: String) -> String { surroundings.world.real(path) }

  /// Whether a file is open and its text is not known.
  func hasLost(_ path: String) -> Bool { documents[path]?.lost != nil }

  private func read(_ path: String) -> [UInt8]? {
    documents[path]?.bytes ?? surroundings.world.read(path)
  }

  /// What names one of some files, by their real paths, or imports what names it, and is itself
  /// imported by nothing.
  private func naming(_ files: Set<String>) throws(RenameProblem) -> [String] {
    var importers: [String: [String]] = [:]
    let names = Set(files.map(Self.name)).map { ($0, Array($0.utf8)) }
    for path in try policyFiles() {
      guard let bytes = read(path) else { continue }
      let mentioned = names.filter { bytes.contains($0.1) }.map(\.0)
      // A symbolic link may have any name.
      guard
        !mentioned.isEmpty
          || ["import", "file"].contains(where: { bytes.contains(Array($0.utf8)) })
      else { continue }
      let named = NamedFiles(bytes, at: path)
      let policy = surroundings.owner(of: path) ?? path
      let written = named.requests + (policy == path ? named.imports : [])
      var targets = written.map(real)
      if named.isBroken {
        // The line that names the file may be the one that does not parse.
        let lost = Set(mentioned).subtracting(written.map(Self.name))
        targets += files.filter { lost.contains(Self.name($0)) && $0 != real(policy) }
      }
      for target in targets { importers[target, default: []].append(policy) }
    }
    var reached: Set<String> = []
    var next = Array(files)
    while let path = next.popLast() {
      for importer in importers[path] ?? [] where reached.insert(importer).inserted {
        next.append(real(importer))
      }
    }
    return reached.filter { importers[real($0)] == nil }.sorted()
  }

  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Every file of policies in the folders that are open, and every open one; each once, under the path
  /// an editor has it open by.
  private func policyFiles() throws(RenameProblem) -> Set<String> {
    var files = Set(documents.keys.filter { $0.hasSuffix(".rung") })
    var places = Set(files.map(real))
    var folders = surroundings.folders.all.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
    var looked = 0
    while let folder = folders.popLast() {
      // A link may lead back to where it stands.
      guard places.insert(real(folder)).inserted else { continue }
      for name in surroundings.world.names(folder) where !name.hasPrefix(".") {
        looked += 1
        guard looked <= Self.mostFiles else { throw .tooManyFiles(most: Self.mostFiles) }
        if name.hasSuffix(".rung") {
          if places.insert(real(folder + name)).inserted { files.insert(folder + name) }
        } else if !Self.left.contains(name) {
          // What is no folder has no names in it.
          folders.append(folder + name + "/")
        }
      }
    }
    return files
  }
}
