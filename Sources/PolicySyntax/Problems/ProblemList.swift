import PolicyDiagnostics
import PolicySource

/// The problems of one pass, at most `limit` of them.
///
/// A file of garbage costs a page of messages, not memory.
struct ProblemList {
  static let limit = 200

  private(set) var diagnostics: [Diagnostic] = []

  /// Whether nothing more is listed, so that its words need not be found.
  var isFull: Bool { diagnostics.count > Self.limit }

  mutating func add(_ problem: some SyntaxProblem, at span: Span) {
    guard !isFull else { return }
    diagnostics.append(problem.diagnostic(at: span))
  }

  /// Both lists by place, cut at the limit with a last word about it.
  static func merge(_ a: [Diagnostic], _ b: [Diagnostic]) -> [Diagnostic] {
    let all = (a + b).enumerated()
      .sorted { ($0.element.span, $0.offset) < ($1.element.span, $1.offset) }
      .map(\.element)
    guard all.count > limit else { return all }
    let last = StructureProblem.tooManyProblems(limit: limit).diagnostic(at: all[limit].span)
    return all[..<limit] + [last]
  }
}
