import JSONReading

/// The folders that are open in the editor, without a slash at their end.
struct WorkspaceFolders: Hashable, Sendable {
  private(set) var all: [String] = []

  init() {}

  /// - Parameter params: of `initialize`.
  init(_ params: JSONValue?) {
    add(params?["workspaceFolders"])
    guard all.isEmpty else { return }
    let only = params?["rootUri"]?.string.map(DocumentURI.path) ?? params?["rootPath"]?.string
    if let only { all = [Self.trimmed(only)] }
  }

  /// - Parameter event: of `workspace/didChangeWorkspaceFolders`.
  mutating func change(_ event: JSONValue?) {
    let gone = Self.paths(event?["removed"])
    all.removeAll { gone.contains($0) }
    add(event?["added"])
  }

  /// The one a file is in, of folders in each other the inner one; for a file in none of them the
  /// first.
  func folder(of path: String) -> String? {
    all.filter { path.hasPrefix($0 == "/" ? $0 : $0 + "/") }.max { $0.utf8.count < $1.utf8.count }
      ?? all.first
  }

  private mutating func add(_ folders: JSONValue?) {
    for path in Self.paths(folders) where !all.contains(path) { all.append(path) }
  }

  private static func paths(_ folders: JSONValue?) -> [String] {
    folders?.elements.compactMap { $0["uri"]?.string.map { trimmed(DocumentURI.path(of: $0)) } }
      ?? []
  }

  private static func trimmed(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}
