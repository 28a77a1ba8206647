import PolicyCompiler
import PolicyEditing

/// The files around a policy as an editor sees them: those on disk and those that are only open.
struct PolicySurroundings: Sendable {
  let world: EditorWorld
  let folders: WorkspaceFolders
  /// Of the texts in the editor.
  let open: [String]

  func tests(of policy: String) -> [String] {
    let (folder, name) = Self.parts(policy)
    return TestFileNames.of(name, among: names(in: folder)).map { folder + $0 }
  }

  /// The policy whose tests a path holds; nil for one that is no such file.
  func owner(of path: String) -> String? {
    let (folder, name) = Self.parts(path)
    return TestFileNames.owner(of: name, among: names(in: folder)).map { folder + $0 }
  }

  /// The nearest `rung.yaml`, in the policy's folder or above it as far as the workspace reaches.
  func settings(of policy: String, read: EditorWorld.Reading) -> String? {
    guard policy.hasPrefix("/") else { return nil }
    let root = folders.folder(of: policy) ?? Self.parts(policy).folder
    return SettingsPlaces.candidates(for: policy, in: root)
      .first { read($0) != nil }
  }

  /// A policy with all that is around it, and every path that was asked for, there or not.
  func snapshot(
    of policy: String, after earlier: PolicySnapshot?, read: EditorWorld.Reading
  ) -> (snapshot: PolicySnapshot, asked: Set<String>) {
    var asked: Set<String> = [policy]
    let read: EditorWorld.Reading = { path in
      asked.insert(path)
      return read(path)
    }
    let paths = PolicyPaths(
      policy: policy, tests: tests(of: policy), settings: settings(of: policy, read: read))
    return (world.snapshot(paths, earlier, read), asked)
  }

  private func names(in folder: String) -> [String] {
    let onlyOpen = open.filter { Self.parts($0).folder == folder }.map { Self.parts($0).name }
    guard !folder.isEmpty else { return onlyOpen }
    return Array(Set(world.names(folder) + onlyOpen))
  }

  /// The folder with its slash, empty for what is no file, and the name in it.
  private static func parts(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }
}
