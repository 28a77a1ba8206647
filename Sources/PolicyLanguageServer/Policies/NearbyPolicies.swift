/// The policies on disk that may be made of a text: of an import that is opened alone, of a catalog,
/// of a file of examples.
///
/// Looked for beside the text, in the folders above it as far as the workspace reaches, and one folder
/// below each of them. Whether a policy really reads the text shows when it is read itself.
enum NearbyPolicies {
  /// How many folders above a text are looked into.
  static let mostAbove = 4
  /// How many files are opened for one text.
  static let mostFiles = 400
  /// How many policies are read for one text.
  static let mostPolicies = 32

  /// Paths, nearest first.
  static func using(_ path: String, in workspace: String?, of world: EditorWorld) -> [String] {
    guard path.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return [] }
    let name = Array(path[path.index(after: slash)...].utf8)
    let mustImport = path.hasSuffix(".rung")
    var found: [String] = []
    var opened = 0
    for folder in folders(around: String(path[...slash]), in: workspace, of: world) {
      for entry in world.names(folder).sorted() where entry.hasSuffix(".rung") {
        let candidate = folder + entry
        guard candidate != path else { continue }
        guard opened < mostFiles, found.count < mostPolicies else { return found }
        opened += 1
        guard let bytes = world.read(candidate), bytes.contains(name),
          !mustImport || bytes.contains(Array("import".utf8))
        else { continue }
        found.append(candidate)
      }
    }
    return found
  }

  /// Folders with a slash at their end, each once.
  private static func folders(
    around folder: String, in workspace: String?, of world: EditorWorld
  ) -> [String] {
    let root = workspace.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? folder
    var above = [folder]
    while above.count <= mostAbove, let last = above.last, last != root, last.hasPrefix(root) {
      let parts = last.split(separator: "/").dropLast()
      above.append(parts.isEmpty ? "/" : "/" + parts.joined(separator: "/") + "/")
    }
    var folders: [String] = []
    var seen: Set<String> = []
    for folder in above {
      let below = world.names(folder).filter { !$0.contains(".") }.sorted()
      for one in [folder] + below.map({ folder + $0 + "/" }) where seen.insert(one).inserted {
        folders.append(one)
      }
    }
    return folders
  }
}
