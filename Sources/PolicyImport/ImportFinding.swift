/// Something of a configuration that is not in the policy and catalog made of it, or not as it was.
package struct ImportFinding: Hashable, Sendable {
  /// 1-based.
  package let line: Int
  /// The path of keys to it: `router_settings.retry_policy`.
  ///
  /// Never a value, which may be a secret.
  package let what: String
  package let kind: Kind
  /// Why, in half a sentence.
  package let why: String
  /// What to do about it.
  package let cure: String

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// It is not there.
    case leftOut = "left_out"
    /// It is there, and works a little differently, or rests on something that was assumed.
    case differs

    package var words: String {
      switch self {
      case .leftOut: "left out"
      case .differs: "differs"
      }
    }
  }
}

/// The findings of one configuration while it is read.
struct FindingList {
  private(set) var all: [ImportFinding] = []
  private var seen: Set<ImportFinding> = []
  /// Settings that were carried over.
  private(set) var translated = 0

  mutating func leftOut(_ what: String, _ line: Int, _ why: String, cure: String) {
    add(ImportFinding(line: line, what: what, kind: .leftOut, why: why, cure: cure))
  }

  /// With all that stands in it.
  mutating func leftOut(_ node: SourceNode, _ why: String, cure: String) {
    node.settle()
    leftOut(node.path, node.line, why, cure: cure)
  }

  mutating func differs(_ what: String, _ line: Int, _ why: String, cure: String) {
    add(ImportFinding(line: line, what: what, kind: .differs, why: why, cure: cure))
  }

  mutating func differs(_ node: SourceNode, _ why: String, cure: String) {
    differs(node.path, node.line, why, cure: cure)
  }

  /// Tells of a member nobody read, with what is known of its key.
  mutating func leftOut(_ member: SourceNode.Member, because reason: (why: String, cure: String)) {
    member.stored.settle()
    leftOut(member.stored.path, member.line, reason.why, cure: reason.cure)
  }

  /// Says once which models have no price, at the place where models begin.
  mutating func unpriced(_ models: [RouterDraft.CatalogEntryDraft], at place: SourcePlace) {
    let names = models.filter { !$0.facts.isPriced }.map(\.word)
    guard let first = names.first else { return }
    let which =
      names.count == 1
      ? "what `\(first)` costs is"
      : "what \(names.count) models cost (\(names.prefix(6).joined(separator: ", "))"
        + (names.count > 6 ? ", …) is" : ") is")
    differs(
      place.what, place.line,
      "\(which) unknown, so no budget can be held over \(names.count == 1 ? "it" : "them")",
      cure: "give a price list: `--prices FILE`, or write `prices` into the catalog")
  }

  /// How often a failed call is repeated, as calls in all: at most three of them.
  mutating func attempts(_ node: SourceNode) -> Int64? {
    guard let repeats = node.exactly(places: 0), (0..<1_000_000).contains(repeats) else {
      leftOut(node, "it is no count", cure: "write how often a failed call is repeated")
      return nil
    }
    if repeats > 2 {
      differs(
        node, "a call is made three times at most here: `attempts 3`",
        cure: "add a `fallback`: another model is likelier to answer than a fourth try")
    } else {
      carriedOver()
    }
    return repeats == 0 ? nil : min(repeats + 1, 3)
  }

  mutating func carriedOver(_ count: Int = 1) { translated += count }

  private mutating func add(_ finding: ImportFinding) {
    if seen.insert(finding).inserted { all.append(finding) }
  }

  /// By line; what stands on one line in the order it was found.
  var sorted: [ImportFinding] {
    all.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
      .map(\.element)
  }
}
