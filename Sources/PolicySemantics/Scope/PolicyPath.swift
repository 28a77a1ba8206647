/// How paths inside a policy are read: with `/`, relative to the file that writes them.
package enum PolicyPath {
  /// `path` as seen from the folder of the file that writes it; `.` and inner `..` are resolved.
  package static func joined(_ path: String, to file: String) -> String {
    guard !path.hasPrefix("/") else { return normalized(path) }
    guard let slash = file.lastIndex(of: "/") else { return normalized(path) }
    return normalized(String(file[...slash]) + path)
  }

  /// The key of a named file in `CheckedPolicy.files`: the path as written in the policy itself, and
  /// joined to the import's path where an import names it, so that two folders never collide.
  package static func key(_ path: String, writtenIn file: String, isPolicy: Bool) -> String {
    isPolicy ? path : joined(path, to: file)
  }

  /// How `file` writes `path` so that ``joined(_:to:)`` leads there again; both start at the root or
  /// both where the command runs.
  ///
  /// Nil if no path says it: the way up passes a folder whose name is not known.
  package static func relative(_ path: String, to file: String) -> String? {
    let target = normalized(path)
    let folder = joined("", to: file)
    guard target.hasPrefix("/") == folder.hasPrefix("/") else { return nil }
    let parts = target.split(separator: "/")
    let folders = folder.split(separator: "/")
    let shared = zip(parts, folders).prefix { $0 == $1 }.count
    guard !folders.dropFirst(shared).contains("..") else { return nil }
    let up = Array(repeating: "..", count: folders.count - shared)
    return (up + parts.dropFirst(shared).map(String.init)).joined(separator: "/")
  }

  private static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
