/// Why a question about a policy has no answer: said by name, never guessed.
package enum NotDecided: Error, Hashable, Sendable {
  /// The diagrams grew past the limit in every order of the fields that was tried.
  case tooLarge(nodes: Int)
  /// The policy reads more distinct fields and texts than a diagram may have.
  case tooManyFields(Int, limit: Int)
  /// The region is not empty as far as the tests tell, but no request could be built that meets
  /// them: they are regular expressions, or texts that get in each other's way.
  case noRequest(tests: [String])
  /// A request contradicts what was proved: a mistake in the analysis, so the proof is not shown.
  case refuted
}

extension NotDecided {
  /// The reason in words, to stand after a colon.
  package var words: String {
    switch self {
    case .tooLarge(let nodes):
      "its diagram has more than \(nodes) nodes in every order of the fields that was tried"
    case .refuted:
      "a request contradicts the proof, which is a mistake of this program; please report it"
    case .tooManyFields(let count, let limit):
      "the policy reads \(count) fields and texts, and at most \(limit) are analysed together"
    case .noRequest(let tests):
      "no request could be built for "
        + (tests.isEmpty ? "its tests" : tests.prefix(3).map { "`\($0)`" }.joined(separator: ", "))
    }
  }
}
