package import PolicyGraph
import PolicySemantics
package import RoutingRuntime

/// The request of a case as a file that a `test` block reads: for texts too long for a policy.
package struct CaseFile: Hashable, Sendable {
  /// `short_labels-prompt.tokens-4000.json`.
  package let name: String
  /// The body of a chat-completions request.
  package let body: String
}

extension PolicyCase {
  /// Whether a request read from the file is decided as this case says, with what stands beside the
  /// file and with what is given.
  package func agrees(with request: RequestInput, _ decider: Decider) -> Bool {
    var request = block.beside(request)
    request.state = block.input.state
    guard let decision = try? decider.decide(request), decision.route == route,
      decision.task == task
    else { return false }
    return switch decision.outcome {
    case .route: refuser == nil && (first == nil || decision.plan.first?.model == first)
    case .refused(let refusal): refusal.refuser(in: decider.graph.policy) == refuser
    case .needs: false
    }
  }

  /// The title in letters that all file systems agree on.
  var fileName: String {
    var name = ""
    for scalar in title.unicodeScalars.prefix(100) {
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      if isPlain || scalar == "_" || (scalar == "." && !name.isEmpty) {
        name.unicodeScalars.append(scalar)
      } else if !name.hasSuffix("-"), !name.isEmpty {
        name += "-"
      }
    }
    while name.hasSuffix("-") { name.removeLast() }
    return name.isEmpty ? "request" : name
  }
}
