import CatalogImport
import PolicyUnits

/// A config and the targets in it, before they are put in a row.
indirect enum PortkeyTree {
  case model(PlanDraft.Step)
  /// One after the other, after these failures.
  case fallback([PortkeyTree], Set<PlanDraft.Failure>)
  case balance([(weight: Int64, tree: PortkeyTree)], SourcePlace)
}

extension PortkeyReader {
  /// Nil, and told of, where nothing can be called.
  ///
  /// `effects` are those of a route; they can be had where the node is the whole of one.
  mutating func tree(
    of node: SourceNode, _ inherited: Inherited, _ effects: inout [EffectDraft], isWhole: Bool
  ) -> PortkeyTree? {
    guard node.isObject else {
      findings.leftOut(node, "it is no target", cure: "write it as an object")
      return nil
    }
    var fields = SourceFields(node)
    var inherited = inherited
    takeOptions(&fields, &inherited, &effects, isWhole: isWhole)
    for key in ["name", "weight", "id", "description", "index"] { fields.ignore(key) }
    let strategy = fields.take("strategy")
    guard let targets = fields.take("targets") else {
      if let strategy, strategy["mode"]?.text != "single" {
        findings.leftOut(strategy, "there are no `targets` beside it", cure: "write them")
      }
      return model(&fields, inherited)
    }
    // What a config sets holds for the targets in it.
    if let outer = fields.either("override_params") {
      inherited.model = outer["model"]?.name ?? inherited.model
      var inner = SourceFields(outer)
      inner.ignore("model")
      leaveOut(inner)
    }
    leaveOut(fields)
    leaveOutOfStrategy(strategy)
    switch strategy?["mode"]?.text {
    case "fallback":
      let trees = trees(of: targets, inherited)
      let after = failures(strategy?.eitherMember("on_status_codes"))
      return trees.isEmpty ? nil : .fallback(trees, after)
    case "loadbalance": return balance(targets, inherited)
    case "single", nil:
      if targets.elements.count > 1 {
        findings.leftOut(
          targets.path, targets.line, "only the first target is called, as `single` has it",
          cure: "write `fallback` or `loadbalance` as the mode")
        for other in targets.elements.dropFirst() { other.settle() }
      }
      guard let first = targets.elements.first else { return nil }
      return tree(of: first, inherited, &effects, isWhole: isWhole)
    case "conditional":
      findings.leftOut(
        node, "conditions inside another strategy make no route",
        cure: "write them at the top, and the strategy into their targets")
      return nil
    default:
      findings.leftOut(
        strategy ?? node, "this importer does not know the mode",
        cure: "write `use`, `fallback` or `split` into the policy")
      return nil
    }
  }

  mutating func leaveOutOfStrategy(_ strategy: SourceNode?) {
    guard let strategy else { return }
    var fields = SourceFields(strategy)
    for key in ["mode", "on_status_codes", "onStatusCodes", "conditions", "default"] {
      _ = fields.take(key)
    }
    leaveOut(fields)
  }

  private mutating func trees(of targets: SourceNode, _ inherited: Inherited) -> [PortkeyTree] {
    var inner: [EffectDraft] = []
    return targets.elements.compactMap { tree(of: $0, inherited, &inner, isWhole: false) }
  }

  private mutating func balance(_ targets: SourceNode, _ inherited: Inherited) -> PortkeyTree? {
    var parts: [(weight: Int64, tree: PortkeyTree)] = []
    var inner: [EffectDraft] = []
    for target in targets.elements {
      var weight: Int64 = 1_000_000
      if let node = target["weight"] {
        guard let written = node.exactly(places: 6), (0...1_000_000_000_000).contains(written)
        else {
          findings.leftOut(node, "it is no weight", cure: "write a number from 0")
          continue
        }
        weight = written
      }
      guard weight > 0 else {
        findings.leftOut(target, "its weight is 0: it is never called", cure: "give it a weight")
        continue
      }
      if let tree = tree(of: target, inherited, &inner, isWhole: false) {
        parts.append((weight, tree))
      }
    }
    let weights = Shares.reduced(parts.map(\.weight))
    for (index, weight) in weights.enumerated() { parts[index].weight = weight }
    return parts.isEmpty ? nil : .balance(parts, SourcePlace(targets))
  }

  /// Without a list every failure is followed.
  private mutating func failures(_ node: SourceNode?) -> Set<PlanDraft.Failure> {
    guard let node else { return PlanDraft.Failure.every }
    var follows: Set<PlanDraft.Failure> = []
    for code in node.elements {
      switch code.exactly(places: 0) {
      case 429: follows.insert(.limited)
      case 413: follows.insert(.tooLong)
      case 400: follows.formUnion([.tooLong, .filtered])
      case 401, 403, 404, 408, .some(500...599): follows.insert(.unavailable)
      default:
        findings.leftOut(
          code, "no failure of a call is told by this code",
          cure: "failures are `unavailable`, `limited`, `too_long` and `filtered`")
      }
    }
    guard !follows.isEmpty else { return PlanDraft.Failure.every }
    findings.differs(
      node, "failures are told by kind and not by code",
      cure: "`unavailable` is any 5xx, no answer and a key that is not taken; `limited` is 429")
    return follows
  }

  /// Repeats, time and cache of a config.
  mutating func takeOptions(
    _ fields: inout SourceFields, _ inherited: inout Inherited, _ effects: inout [EffectDraft],
    isWhole: Bool = true
  ) {
    if let retry = fields.take("retry") {
      var inner = SourceFields(retry)
      let codes = inner.either("on_status_codes")
      if let node = inner.take("attempts") { inherited.options.attempts = findings.attempts(node) }
      // A provider's own word on when to ask again is always heard here.
      _ = inner.either("use_retry_after_header")
      leaveOut(inner)
      if let codes {
        findings.differs(
          codes, "what is repeated does not go by codes",
          cure: "`attempts` repeats what may succeed, and waits as a provider asks")
      }
    }
    if let node = fields.either("request_timeout") {
      if let time = node.exactly(places: 0), (1...31_536_000_000).contains(time) {
        inherited.options.timeout = Milliseconds(time)
        findings.carriedOver()
      } else {
        findings.leftOut(node, "it is no time in milliseconds", cure: "write `timeout 30s`")
      }
    }
    if let cache = fields.take("cache") { readCache(cache, &effects, isWhole: isWhole) }
  }

  private mutating func readCache(
    _ cache: SourceNode, _ effects: inout [EffectDraft], isWhole: Bool
  ) {
    guard isWhole else {
      return findings.leftOut(
        cache, "a route has a cache, one of its models has none",
        cure: "write `cache exact for … per tenant` into the route")
    }
    let mode = cache.isObject ? cache["mode"]?.text : cache.text
    guard mode == "simple" else {
      return findings.leftOut(
        cache, "the encoder of its similar answers is the gateway's own",
        cure: "name an embedder in the catalog and write `cache similar >= … by NAME for …`")
    }
    guard let node = cache.eitherMember("max_age"), let time = node.millis else {
      return findings.leftOut(
        cache, "how long an answer is kept does not stand there",
        cure: "write `cache exact for 1h per tenant` into the route")
    }
    effects.append(.cacheExact(Milliseconds(time)))
    findings.carriedOver()
    var fields = SourceFields(cache)
    for key in ["mode", "max_age", "maxAge"] { fields.ignore(key) }
    leaveOut(fields)
  }
}

extension SourceNode {
  /// A member under either spelling of its key.
  func eitherMember(_ key: String) -> SourceNode? {
    var fields = SourceFields(self)
    return fields.either(key)
  }
}
