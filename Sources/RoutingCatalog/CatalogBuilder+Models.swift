import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits
import YAMLReading

extension CatalogBuilder {
  mutating func readModels(
    _ entry: YAMLEntry?
  ) -> [DescribedModel] {
    guard let entry, let entries = entries(of: entry.value, "`models`", at: entry.keySpan)
    else { return [] }
    if entries.isEmpty {
      problems.report(.catalogMissingKey, "`models` names no model", at: entry.keySpan)
    }
    return entries.compactMap { model(from: $0) }
  }

  private mutating func model(
    from entry: YAMLEntry
  ) -> DescribedModel? {
    checkModelName(entry)
    guard
      let fields = fields(
        of: entry.value, "a model", at: entry.keySpan,
        keys: Self.placementKeys + Self.limitKeys + ["prices"])
    else { return nil }
    let placement = placement(of: entry.key, fields)
    let prices = prices(fields["prices"], keys: PriceKeys.model)
    let window = value(fields["window"], .count)
    let maxOutput = value(fields["max_output"], .count)
    if let window, let maxOutput, maxOutput > window, let entry = fields["max_output"] {
      problems.report(
        .catalogConflict, "`max_output` is larger than `window`", at: entry.span,
        note: "the window holds prompt and answer together")
    }
    let capabilities = values(fields["capabilities"], .choice(of: Capability.self))
    let described = ModelEntry(
      name: entry.key,
      deployments: described(placement.deployments),
      tags: tags(fields["tags"]),
      window: window,
      maxOutput: maxOutput,
      capabilities: Set(capabilities).union([.text]),
      tokenizer: value(fields["tokenizer"], .choice(of: TokenizerFamily.self)) ?? .generic,
      prices: prices.amounts,
      latencyP50: value(fields["latency_p50"], .duration),
      quality: value(fields["quality"], .score),
      acceptance: acceptance(fields["acceptance"]),
      span: entry.keySpan)
    let calling = CatalogModel(
      name: entry.key, deployments: placement.deployments, balance: placement.balance,
      cooldown: placement.cooldown, priceDate: prices.date, priceSource: prices.source)
    return DescribedModel(
      entry: described, calling: calling, doubts: takeDoubts(of: placement.deployments))
  }

  private static let limitKeys = [
    "window", "max_output", "capabilities", "tags", "tokenizer", "latency_p50", "quality",
    "acceptance",
  ]

  private mutating func checkModelName(_ entry: YAMLEntry) {
    let advice = "what the provider calls it goes under `upstream`"
    guard checkName(entry.key, "a model", at: entry.keySpan, advice: advice) else { return }
    // `use requested` and `"model": "auto"` mean something else.
    for (word, meaning) in [
      ("requested", "`use requested` is the model the caller named"),
      ("auto", "a request for `auto` leaves the choice to the policy"),
    ] where entry.key == word {
      problems.report(
        .catalogBadName, "a model cannot be called `\(word)`", at: entry.keySpan, note: meaning)
    }
  }

  private mutating func acceptance(_ entry: YAMLEntry?) -> Acceptance? {
    guard let entry,
      let fields = fields(
        of: entry.value, "`acceptance`", at: entry.keySpan, keys: ["share", "source"])
    else { return nil }
    let share = value(required(fields, "share"), .share)
    let source = value(required(fields, "source"), .text)
    guard let share, let source else { return nil }
    return Acceptance(share: share, source: source)
  }
}
