package import PolicySemantics
import PolicySource

extension AlwaysNotDecided {
  /// Why, for the person who wrote the policy.
  package func words(on always: CheckedAlways, in policy: CheckedPolicy) -> String {
    switch self {
    case .engine(let reason): reason.words
    case .tooManyCases(let limit): "it splits into more than \(limit) cases"
    case .sizes(let line):
      "`\(text(line, always, policy))` hangs on how large requests are and what budgets have left"
    case .noRequest(let line):
      "no request could be built on which `\(text(line, always, policy))` might fail"
    }
  }

  private func text(
    _ line: Int, _ always: CheckedAlways, _ policy: CheckedPolicy
  ) -> String {
    guard always.expect.indices.contains(line) else { return always.title }
    return String(policy.sources.text(of: always.expect[line].span))
  }
}
