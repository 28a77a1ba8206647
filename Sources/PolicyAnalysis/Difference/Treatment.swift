/// What is done for the requests of one class: every aspect a policy has something to say on.
package struct Treatment: Hashable, Sendable {
  var aspects: [Aspect: AspectText] = [:]
  /// By name of every model that may be called: what the catalog asks for it.
  var prices: [String: String] = [:]
  /// By name of every model that may be called: what the catalog says it can do.
  var models: [String: String] = [:]
  /// Who refuses, if anybody does.
  ///
  /// The answer names it; it is not compared here, as it may have been renamed.
  var refuser: Refuser?
  /// By arm: who may come to refuse a request that fits no call of the plan, the guard that keeps a
  /// model out and the ladder whose bound is too small.
  ///
  /// Not compared here: it takes a request that nothing fits for one of them to be named.
  var mayRefuse: [[String]] = []

  /// A declaration that refuses requests.
  struct Refuser: Hashable, Sendable {
    enum Kind: String { case guarding = "guard", route }

    let kind: Kind
    let name: String

    /// `guard contain: "not here"`.
    func words(_ message: String) -> String { "\(kind.rawValue) \(name): \(message)" }
  }

  /// Whether the request is refused whatever its size.
  package var refuses: Bool { aspects[.refusal] != nil }

  package static func == (a: Treatment, b: Treatment) -> Bool {
    a.aspects.count == b.aspects.count && a.prices == b.prices && a.models == b.models
      && a.aspects.allSatisfy { b.aspects[$0.key]?.exactContent == $0.value.exactContent }
  }

  package func hash(into hasher: inout Hasher) {
    for aspect in Aspect.allCases { hasher.combine(aspects[aspect]?.content) }
  }

  /// What changes from this treatment to another, in the order of the aspects.
  ///
  /// Where a request comes to be refused or served, only that, its first model and the places it
  /// reaches are told: all else follows.
  package func changes(to new: Treatment) -> [AspectChange] {
    let told: [Aspect] =
      refuses == new.refuses ? Aspect.allCases : [.refusal, .first, .place]
    return told.flatMap { changes(of: $0, to: new) }
  }

  private func changes(of aspect: Aspect, to new: Treatment) -> [AspectChange] {
    switch aspect {
    case .price: return Self.changes(of: aspect, prices, new.prices)
    case .models: return Self.changes(of: aspect, models, new.models)
    case .refusal, .first, .split, .ladder, .gates, .fallback, .cache, .compression, .parameters,
      .system, .tools, .batch, .stop, .stick, .shadow, .place, .budgets,
      .classifiers:
      let (before, after) = (aspects[aspect], new.aspects[aspect])
      guard before?.exactContent != after?.exactContent else { return [] }
      // Where the names alone would not show it, the contents do.
      let isTold = before?.shown != after?.shown
      return [
        AspectChange(
          aspect: aspect, old: isTold ? before?.shown : before?.content,
          new: isTold ? after?.shown : after?.content)
      ]
    }
  }

  /// Of the models both may call; one that only one calls is told by the call itself.
  private static func changes(
    of aspect: Aspect, _ old: [String: String], _ new: [String: String]
  ) -> [AspectChange] {
    old.keys.sorted().compactMap { name in
      guard let before = old[name], let after = new[name], before != after else { return nil }
      return AspectChange(
        aspect: aspect, old: "\(name) \(before)", new: "\(name) \(after)")
    }
  }
}
