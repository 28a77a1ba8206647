import PolicyGraph
package import PolicySemantics

/// The same request by other callers and with a word more: each arm of the policy's splits gets some
/// of them.
package struct OtherCallers {
  private let keys: Set<CheckedSplit.Key>

  package init(_ policy: CheckedPolicy) {
    keys = Set(
      policy.routes.compactMap { route in
        if case .split(let split) = route.action { split.by } else { nil }
      })
  }

  /// None where no route is split.
  package func drafts(of draft: RequestDraft, count: Int) -> [RequestDraft] {
    guard !keys.isEmpty else { return [] }
    return (1...count).map { number in
      var other = draft
      for key in keys {
        switch key {
        case .identity(let identity):
          other.identities[identity] = "\(identity.rawValue)-\(number)"
        case .request:
          // Such a split goes by what is asked.
          guard let last = other.messages.lastIndex(where: { $0.role == .user }) else { continue }
          other.messages[last].text += " \(number)"
        }
      }
      return other
    }
  }
}
