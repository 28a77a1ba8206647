import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// A draft as the text of a policy, in the one form there is.
struct PolicyWriter {
  private var text = ""

  /// `about` are lines of a comment at the top.
  static func text(of draft: RouterDraft, about: [String]) -> String {
    var writer = PolicyWriter()
    writer.write(draft, about)
    let file = SourceFile(path: "policy.rung", text: writer.text)
    return PolicyFormatter.format(PolicyParser.parse(file).value)
  }

  private mutating func write(_ draft: RouterDraft, _ about: [String]) {
    for line in about { text += "# \(line)\n" }
    text += "rung 1\ncatalog \"catalog.yaml\"\n"
    write(draft.facts)
    for classifier in draft.classifiers { write(classifier) }
    if !draft.budgets.isEmpty { text += "\n" }
    for budget in draft.budgets {
      text += "budget \(budget.name) = $\(Amounts.plain(budget.amount)) per \(budget.window)\n"
    }
    for route in draft.routes {
      text += "\n"
      if let documentation = route.documentation { text += "## \(documentation)\n" }
      text += "route \(route.name) when \(ConditionText.text(of: route.condition)) "
      body(route.effects, route.action)
    }
    text += "\notherwise "
    body(draft.otherwiseEffects, draft.otherwise)
  }

  private mutating func write(_ facts: [RouterDraft.FactDraft]) {
    guard !facts.isEmpty else { return }
    text += "\n## What callers say in the `metadata` of a request.\nfacts {\n"
    for fact in facts {
      switch fact.type {
      case .text(let standard): text += "  \(fact.name) : text = \(PolicyText.quoted(standard))\n"
      case .count(let standard): text += "  \(fact.name) : count = \(standard)\n"
      }
    }
    text += "}\n"
  }

  private mutating func write(_ classifier: RouterDraft.ClassifierDraft) {
    text += """

      classifier \(classifier.name) : \(classifier.labels.joined(separator: " | ")) {
        reads question
        ask \(classifier.model) \(PolicyText.quoted(classifier.question))
        on failure \(classifier.onFailure)
      }

      """
  }

  private mutating func body(_ effects: [EffectDraft], _ action: RouteDraft.Action) {
    switch action {
    case .refuse(let why):
      text += "{ refuse \(PolicyText.quoted(why)) }\n"
    case .plan(let plan):
      text += "{\n"
      for effect in effects { text += "  \(Self.line(of: effect))\n" }
      write(plan)
      text += "}\n"
    }
  }

  private mutating func write(_ plan: PlanDraft) {
    guard plan.arms.count > 1 else {
      if let arm = plan.arms.first { steps(arm.steps, indent: "  ") }
      return
    }
    text += "  split by request {\n"
    for (arm, share) in zip(plan.arms, Shares.of(plan.arms.map(\.weight))) {
      text += "    \(Amounts.text(share)) "
      guard !arm.shapes.isEmpty else {
        steps(arm.steps, indent: "")
        continue
      }
      text += "{\n"
      for shape in arm.shapes { text += "    \(Self.line(of: shape))\n" }
      steps(arm.steps, indent: "    ")
      text += "    }\n"
    }
    text += "  }\n"
  }

  private mutating func steps(_ steps: [PlanDraft.Step], indent: String) {
    for (index, step) in steps.enumerated() {
      let lead = index == 0 ? "use" : Self.fallback(step.follows)
      text += "\(index == 0 ? indent : "  ")\(lead) \(step.model)\(Self.options(step.options))\n"
    }
  }

  private static func fallback(_ follows: Set<PlanDraft.Failure>) -> String {
    guard follows != PlanDraft.Failure.ordinary else { return "fallback" }
    let words = PlanDraft.Failure.allCases.filter(follows.contains).map(\.rawValue)
    return words.count == 1
      ? "fallback on \(words[0])" : "fallback on (\(words.joined(separator: ", ")))"
  }

  private static func options(_ options: PlanDraft.Options) -> String {
    var text = ""
    if let time = options.timeout { text += " timeout \(Amounts.text(time))" }
    if let attempts = options.attempts { text += " attempts \(attempts)" }
    if let most = options.maxOutput { text += " max_output \(most) tokens" }
    if let effort = options.effort { text += " effort \(effort)" }
    return text
  }

  static func line(of effect: EffectDraft) -> String {
    switch effect {
    case .cacheExact(let time): "cache exact for \(Amounts.text(time)) per tenant"
    case .cacheSimilar(let score, let encoder, let time):
      "cache similar >= \(Amounts.text(score)) by \(encoder) for \(Amounts.text(time)) per tenant"
    case .standard(let parameter, let value): "default \(parameter) \(value)"
    case .fixed(let parameter, let value): "set \(parameter) \(value)"
    case .prependSystem(let text): "prepend system \(PolicyText.quoted(text))"
    case .replaceSystem(let text): "replace system \(PolicyText.quoted(text))"
    }
  }
}
