import JSONWriting
import PolicyEditing
import PolicySource

/// What a lens does when it is clicked; the arguments are the document's URI and a name.
enum ServerCommand: String, CaseIterable {
  case runTest = "rung.runTest"
  case explain = "rung.explain"
}

extension DocumentQuestion {
  /// The result is the text that is shown too, for clients that show it themselves.
  func run(_ command: ServerCommand, of name: String) -> WorkResult {
    switch command {
    case .runTest:
      guard let outcome = snapshot.runTest(named: name) else {
        return .refused(ResponseError(.requestFailed, "there is no test `\(name)` here"))
      }
      switch outcome.verdict {
      case .passed: return answered("`\(name)`: \(outcome.summary)", .information)
      case .failed: return answered("`\(name)` failed\n\(reasons(of: outcome))", .error)
      case .notDecided:
        return answered("`\(name)` is not decided\n\(reasons(of: outcome))", .warning)
      }
    case .explain:
      guard let text = snapshot.explain(route: name) else {
        return .refused(
          ResponseError(
            .requestFailed, "`\(name)` cannot be explained while the policy has errors"))
      }
      return answered(text, .information)
    }
  }

  /// A line each, such as `policy.rung:12: expected …`, so that the place is found in a log.
  private func reasons(of outcome: TestOutcome) -> String {
    guard !outcome.differences.isEmpty else { return outcome.summary }
    return outcome.differences.map { difference in
      guard let span = difference.span, let file = snapshot.sources[span.file] else {
        return difference.message
      }
      return "\(file.path):\(file.location(of: span.start).line): \(difference.message)"
    }.joined(separator: "\n")
  }

  private func answered(_ text: String, _ kind: MessageKind) -> WorkResult {
    var result = JSONWriter()
    result.string(text)
    let messages = [OutgoingMessage.logged(text, kind), OutgoingMessage.shown(text, kind)]
    return .answered(result.bytes, first: messages)
  }
}
