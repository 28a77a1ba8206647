package import PolicySemantics

/// The same request where a classifier says something else, one classifier at a time: a guard may keep
/// out, at what it says when it fails, what is to be shown.
package struct OtherAnswers {
  private let policy: CheckedPolicy

  package init(_ policy: CheckedPolicy) { self.policy = policy }

  /// One for each other label of each classifier, in written order.
  package func drafts(of draft: RequestDraft) -> [RequestDraft] {
    policy.classifiers.flatMap { classifier in
      let said = draft.classifiers[classifier.name]
      return classifier.labels.filter { $0 != said }.map { label in
        var other = draft
        other.classifiers[classifier.name] = label
        return other
      }
    }
  }
}
