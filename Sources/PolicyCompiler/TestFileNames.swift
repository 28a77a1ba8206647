/// The files that hold tests of a policy and nothing else: `policy_test.rung` and
/// `policy_WORDS_test.rung` beside `policy.rung`.
///
/// Where two policies of a folder could own one, the longer name does. Names stand in one folder,
/// whose listing the caller gives.
package enum TestFileNames {
  private static let ending = "_test"
  private static let suffix = ".rung"

  /// Those of a policy, sorted.
  package static func of(_ policy: String, among names: [String]) -> [String] {
    names.filter { owner(of: $0, among: names) == policy }.sorted()
  }

  /// The policy whose tests a file holds; nil for one that is no such file.
  package static func owner(of name: String, among names: [String]) -> String? {
    guard name.hasSuffix(ending + suffix) else { return nil }
    let stem = name.dropLast(suffix.count + ending.count)
    return names.filter { other in
      guard other.hasSuffix(suffix), !other.hasSuffix(ending + suffix) else { return false }
      let base = other.dropLast(suffix.count)
      return stem == base || stem.hasPrefix(base + "_")
    }.max { $0.count < $1.count }
  }
}
