import PolicyCompiler

/// The files around a policy as an editor sees them: those on disk and those that are only open.
struct PolicySurroundings {
  let world: EditorWorld
  let workspace: String?
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
    return SettingsPlaces.candidates(for: policy, in: workspace ?? Self.parts(policy).folder)
      .first { read($0) != nil }
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
