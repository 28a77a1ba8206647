package import PolicyDiagnostics
import PolicyGraph
package import PolicySemantics
package import PolicySource
import YAMLReading

extension KeysFile {
  /// What does not fit between the keys and the policy they are served with.
  ///
  /// Each fact of a key must be declared `from key` and be of its type; each key that is not only for
  /// the admin routes has the facts a policy requires from it. `file` is what this was read from.
  package func findings(against policy: CheckedPolicy, in file: SourceFile) -> [Diagnostic] {
    var problems = KeysProblems(file: file, diagnostics: [])
    let declared = Dictionary(policy.facts.map { ($0.name, $0) }) { first, _ in first }
    let fromKey = policy.facts.filter { $0.origin == .key }
    for key in keys {
      var meant: Set<String> = []
      for fact in key.facts {
        let near = Self.check(fact, declared[fact.name], fromKey.map(\.name), &problems)
        if let near { meant.insert(near) }
      }
      guard !key.identity.isAdmin else { continue }
      for fact in fromKey where fact.byDefault == nil && !meant.contains(fact.name) {
        guard !key.facts.contains(where: { $0.name == fact.name }) else { continue }
        problems.report(
          .keysMissingFact,
          "the key \(quoted(key.identity.id)) lacks the fact `\(fact.name)`, which the policy "
            + "requires from every key", at: key.span,
          note: "add `facts: {\(fact.name): …}` with \(fact.type.allowed)",
          also: Note("it is declared here", at: fact.span))
      }
    }
    return problems.sorted
  }

  /// Whether the digests were made under this secret, where the file says so.
  package func findings(against secret: KeySecret) -> [Diagnostic] {
    guard let madeUnder, madeUnder.text != secret.mark else { return [] }
    return [
      Diagnostic(
        .keysOtherSecret, .error, "these digests were made under another secret than this one",
        at: madeUnder.span,
        notes: [
          Note(
            "no key would open anything: set `\(KeySecret.variable)` to the secret they were made "
              + "under, or make new keys")
        ])
    ]
  }

  /// The fact that was likely meant by a name the policy does not have: it is not missed as well.
  private static func check(
    _ fact: CallerKey.Fact, _ declared: CheckedFact?, _ fromKey: [String],
    _ problems: inout KeysProblems
  ) -> String? {
    guard let declared else {
      let near = problems.hasRoom ? NearName.of(fact.name, among: fromKey) : nil
      let list = fromKey.map { "`\($0)`" }.joined(separator: ", ")
      let known = list.isEmpty ? "it declares none `from key`" : "`from key` it declares \(list)"
      problems.report(
        .keysUnknownFact, "the policy declares no fact \(quoted(fact.name))", at: fact.nameSpan,
        note: near == nil ? known : nil, near: near)
      return near
    }
    guard declared.origin == .key else {
      problems.report(
        .keysFactElsewhere,
        "the policy reads the fact `\(fact.name)` \(declared.origin.place), not from the key",
        at: fact.nameSpan, note: "declare it `from key`, or leave it out here",
        also: Note("it is declared here", at: declared.span))
      return nil
    }
    guard declared.type.value(of: .text(fact.text)) == nil else { return nil }
    var near: String?
    if case .labels(let labels) = declared.type, problems.hasRoom {
      near = NearName.of(fact.text, among: labels)
    }
    problems.report(
      .keysBadFact,
      "the fact `\(fact.name)` is \(quoted(fact.text)): expected \(declared.type.allowed)",
      at: fact.valueSpan, near: near)
    return nil
  }
}

extension CheckedFact.Origin {
  fileprivate var place: String {
    switch self {
    case .metadata: "from a request's metadata"
    case .header(let name): "from the header `\(name)`"
    case .key: "from the key"
    }
  }
}

extension CheckedFact.FactType {
  fileprivate var allowed: String {
    switch self {
    case .bool: "`true` or `false`"
    case .count: "a whole number from 0"
    case .text: "a text"
    case .labels(let labels):
      (labels.count == 1 ? "" : "one of ") + labels.map { "`\($0)`" }.joined(separator: ", ")
    }
  }
}
