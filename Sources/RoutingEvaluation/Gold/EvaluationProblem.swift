/// Why a gold set or an outcome matrix cannot be used: one sentence with its place and a cure.
package struct EvaluationProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }

  /// How many problems of one file are named.
  static let named = 10

  /// Those of one file together: the first ten, and how many more there are.
  init(all problems: [String]) {
    var lines = Array(problems.prefix(Self.named))
    let more = problems.count - lines.count
    if more > 0 { lines.append("and \(more) more") }
    self.init(lines.joined(separator: "\n"))
  }
}
