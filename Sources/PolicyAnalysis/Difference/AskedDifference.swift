import PolicyGraph
import PolicySemantics
import PolicySource

/// The requests whose route hangs on a classifier's answer in one policy and not in the other.
///
/// They are routed alike, perhaps, but one policy asks first: a call more, and another reader.
struct AskedDifference {
  let regions: RegionSpace

  func find() throws(DiagramsTooLarge) -> [(change: AspectChange, region: Diagram)] {
    let policies = regions.graphs.map(\.policy)
    guard policies.contains(where: { !$0.classifiers.isEmpty }) else { return [] }
    let old = try OpenConditions(regions, 0).asked()
    let new = try OpenConditions(regions, 1).asked()
    let words = policies.map(Self.words)
    let found = [
      (
        AspectChange(aspect: .classifiers, old: words[0], new: nil),
        try regions.store.minus(old, new)
      ),
      (
        AspectChange(aspect: .classifiers, old: nil, new: words[1]),
        try regions.store.minus(new, old)
      ),
    ]
    return found.filter { $0.1 != .never }.map { (change: $0.0, region: $0.1) }
  }

  /// `subject asks qwen3-8b at near (eu)`.
  private static func words(_ policy: CheckedPolicy) -> String {
    let catalog = CatalogContents(policy.vocabulary)
    return policy.classifiers.map { classifier in
      switch classifier.method {
      case .ask(let model, _):
        let entry = policy[model]
        return "\(classifier.name) asks \(entry.name) at \(catalog.places(entry.deployments))"
      case .nearest(let file, _, _):
        return "\(classifier.name) compares with \(file.asPolicyText)"
      case .http(let url): return "\(classifier.name) asks \(url.asPolicyText)"
      }
    }.joined(separator: "; ")
  }
}
