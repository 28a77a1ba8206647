import Foundation

/// The files that hold tests of a policy and nothing else: `policy_test.rung` and
/// `policy_WORDS_test.rung` beside `policy.rung`.
///
/// Where two policies of a folder could own one, the longer name does.
enum TestFiles {
  private static let ending = "_test"
  private static let suffix = ".rung"

  /// Paths, by name.
  static func of(_ policy: String) -> [String] {
    let (folder, name) = parts(policy)
    let names = self.names(in: folder)
    return names.filter { owner(of: $0, among: names) == name }.sorted().map { folder + $0 }
  }

  /// The policy whose tests a path holds; nil for a path that is no such file.
  static func owner(of path: String) -> String? {
    let (folder, name) = parts(path)
    return owner(of: name, among: names(in: folder)).map { folder + $0 }
  }

  private static func owner(of name: String, among names: [String]) -> String? {
    guard name.hasSuffix(ending + suffix) else { return nil }
    let stem = name.dropLast(suffix.count + ending.count)
    return names.filter { other in
      guard other.hasSuffix(suffix), !other.hasSuffix(ending + suffix) else { return false }
      let base = other.dropLast(suffix.count)
      return stem == base || stem.hasPrefix(base + "_")
    }.max { $0.count < $1.count }
  }

  /// The folder with its slash, empty for the working one, and the name in it.
  private static func parts(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }

  private static func names(in folder: String) -> [String] {
    let path = folder.isEmpty ? "." : folder
    return (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
  }
}
