import PolicySemantics
package import PolicySource
import PolicySyntax
import PolicyUnits
import RoutingRuntime

extension PolicySnapshot {
  /// The prices of the models that tiers and routes name in a part of a file, and what a ladder's
  /// `max_budget` buys of its last tier.
  package func hints(of file: SourceID, in span: Span) -> [Hint] {
    guard let tree = tree(of: file) else { return [] }
    var hints: [Hint] = []
    for declaration in tree.declarations
    where declaration.span.start <= span.end && span.start <= declaration.span.end {
      switch declaration.content {
      case .ladder(let ladder):
        hints += ladder.tiers.compactMap { price(of: $0.model) }
        hints += budget(of: ladder)
      case .route(let route):
        hints += route.targets.compactMap { price(of: $0.name) }
      case .catalog, .zone, .importing, .condition, .facts, .classifier, .points, .task, .budget,
        .gate, .compression, .guarding, .test, .always:
        break
      }
    }
    return hints.filter { $0.offset >= Int(span.start) && $0.offset <= Int(span.end) }
  }

  private func price(of name: Name) -> Hint? {
    guard let model = names.models[name.text], let currency, names.symbols[name.text] == nil else {
      return nil
    }
    let prices = model.prices
    let known = [("in", prices.input), ("out", prices.output)].compactMap { word, price in
      price.map { "\(Amounts.perMillion($0, currency: currency)) \(word)" }
    }
    let label = known.isEmpty ? "no price" : known.joined(separator: ", ")
    return Hint(
      file: name.span.file, offset: Int(name.span.end), label: label,
      tooltip: known.isEmpty
        ? "The catalog has no price of `\(name.text)`: what it costs is unknown."
        : "What a million tokens of `\(name.text)` cost, prompt and answer.")
  }

  private func budget(of ladder: LadderDeclaration) -> [Hint] {
    guard let last = ladder.tiers.last, let model = names.models[last.model.text],
      let price = model.prices.output, price.picosPerToken > 0
    else { return [] }
    return ladder.bounds.compactMap { bound in
      guard bound.name.text == "max_budget",
        let money = decider?.frozen.policy.ladders.first(where: { $0.name == ladder.name.text })?
          .maxBudget
      else { return nil }
      let tokens = Int128(money.nanos) * 1000 / Int128(price.picosPerToken)
      return Hint(
        file: bound.value.span.file, offset: Int(bound.value.span.end),
        label: "\(Amounts.count(tokens, "token"))",
        tooltip: "So many output tokens of `\(model.name)`, the last tier, cost as much.")
    }
  }
}

extension RouteDeclaration {
  /// What its lines ask, in written order.
  fileprivate var targets: [Target] {
    lines.flatMap { line -> [Target] in
      switch line {
      case .use(let use): use.targets
      case .shadow(_, let target, _): [target]
      case .split(let split): split.arms.flatMap(\.use.targets)
      case .refuse, .cache, .shape, .compress, .batch, .stick, .stop: []
      }
    }
  }
}

extension Use {
  fileprivate var targets: [Target] { [target] + fallbacks.map(\.target) }
}
