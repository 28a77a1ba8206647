package import PolicySemantics
import PolicySource
import PolicyUnits

/// A policy with everything worked out that no request can change.
package final class FrozenPolicy: Sendable {
  package let policy: CheckedPolicy
  package let models: [FrozenModel]
  package let modelsByName: [String: ModelID]
  package let guards: [FrozenGuard]
  package let routes: [RouteSkeleton]
  package let fingerprints: Decision.Fingerprints
  /// Every family of tokenizers the catalog's models have, in one order.
  package let families: [TokenizerFamily]
  /// Ties a record to this policy and this catalog.
  package let mark: UInt64

  /// O(size of the policy + guards × models).
  package init(_ policy: CheckedPolicy) {
    self.policy = policy
    let vocabulary = policy.vocabulary
    self.models = vocabulary.models.enumerated().map { FrozenModel(ModelID($0), $1) }
    self.modelsByName = Dictionary(
      vocabulary.models.enumerated().map { ($1.name, ModelID($0)) }, uniquingKeysWith: { a, _ in a }
    )
    self.guards = policy.guards.enumerated().map { FrozenGuard(GuardID($0), $1, vocabulary) }
    self.routes = policy.routes.map { RouteSkeleton($0, in: policy) }
    self.fingerprints = Decision.Fingerprints(
      policy: Self.fingerprint(policy), catalog: vocabulary.fingerprint)
    let tokenizers = Set(vocabulary.models.map(\.tokenizer))
    self.families = TokenizerFamily.allCases.filter(tokenizers.contains)
    self.mark =
      StableHash.digest(ofFields: [fingerprints.policy, fingerprints.catalog]).first
  }

  package subscript(id: ModelID) -> FrozenModel { models[id.index] }

  /// Over the bytes of the policy, its imports and the files they name, in a fixed order.
  ///
  /// Paths count as they are written in the policy, not where it lies.
  private static func fingerprint(_ policy: CheckedPolicy) -> String {
    var hash = StableHash()
    for file in policy.sources.files {
      hash.combine(UInt64(file.bytes.count))
      hash.append(file.bytes)
    }
    for (path, file) in policy.files.sorted(by: { $0.key < $1.key }) {
      hash.combine(path)
      hash.combine(file.text)
    }
    return hash.digest.short
  }
}
