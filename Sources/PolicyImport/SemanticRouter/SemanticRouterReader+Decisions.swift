import CatalogImport
import PolicyUnits

// Decisions and what they decide by.
extension SemanticRouterReader {
  /// The router's categories as labels of one classifier, if a model is named that answers for it.
  mutating func declareDomains(_ categories: SourceNode?) {
    let names = (categories?.elements ?? []).compactMap { category in
      category["description"]?.settle()
      return category["name"]?.name
    }
    guard !names.isEmpty, let model = options.model else { return }
    guard let word = words[model] else {
      guard let categories else { return }
      return findings.leftOut(
        categories, "`\(model.shown)`, which was to tell them apart, is not in the catalog",
        cure: "name one of its models")
    }
    var taken: Set<String> = []
    for name in names where signals.domains[name] == nil {
      var label = Self.label(name)
      while !taken.insert(label).inserted { label += "_2" }
      signals.domains[name] = label
    }
    var labels = names.compactMap { signals.domains[$0] }
    let rest = labels.contains("other") ? "other" : "none_of_these"
    if !labels.contains(rest) { labels.append(rest) }
    let classifier = classifierName()
    signals.classifier = classifier
    draft.classifiers.append(
      RouterDraft.ClassifierDraft(
        name: classifier, labels: Self.unique(labels), model: word,
        question: "Which field is the request about?", onFailure: rest))
    if let categories {
      findings.differs(
        categories, "`\(word)` is asked what a small model tells there: each request pays for it",
        cure: "measure it, or write the `task` lines with words")
    }
  }

  private mutating func classifierName() -> String { names.name(for: "domain", prefix: "") }

  private static func unique(_ labels: [String]) -> [String] {
    var seen: Set<String> = []
    return labels.filter { seen.insert($0).inserted }
  }

  private static func label(_ name: String) -> String {
    let word = DraftNames.word(for: name.replacing(" ", with: "_"))
    return ["and", "or", "not", "in", "when"].contains(word) ? word + "_field" : word
  }

  mutating func readDecisions(_ node: SourceNode?) {
    // The highest priority first; of equals the one written first.
    let sorted = (node?.elements ?? []).enumerated().sorted { a, b in
      let (left, right) = (Self.priority(a.element), Self.priority(b.element))
      return left == right ? a.offset < b.offset : left > right
    }
    for (_, decision) in sorted { readDecision(decision) }
  }

  private static func priority(_ node: SourceNode) -> Int64 {
    node["priority"]?.exactly(places: 0) ?? 0
  }

  private mutating func readDecision(_ node: SourceNode) {
    var fields = SourceFields(node)
    let name = fields.take("name")?.name ?? "decision"
    for key in ["description", "priority"] { fields.ignore(key) }
    let rules = fields.take("rules")
    let references = fields.take("modelRefs")
    let plugins = fields.take("plugins")
    leaveOut(fields)
    guard let condition = rules.map({ condition($0) }) ?? .always else {
      return findings.leftOut(
        node, "its rules cannot be said, so requests it would take go on to the next",
        cure: "see what is said of them, or write the route by hand")
    }
    guard let step = step(references, node) else { return }
    draft.routes.append(
      RouteDraft(
        name: names.name(for: name, prefix: "to_"), condition: condition.simplified,
        effects: effects(plugins),
        action: .plan(PlanDraft(arms: [PlanDraft.Arm(weight: 1, steps: [step])])),
        place: SourcePlace(node)))
    findings.carriedOver()
  }

  /// Nil, and told of, if any part cannot be said.
  private mutating func condition(_ node: SourceNode) -> ConditionDraft? {
    guard let kind = node["type"]?.name else {
      var parts: [ConditionDraft] = []
      for child in node["conditions"]?.elements ?? [] {
        guard let part = condition(child) else { return nil }
        parts.append(part)
      }
      switch node["operator"]?.text?.uppercased() ?? "AND" {
      case "AND": return .and(parts)
      // An empty list of alternatives takes nothing, and an empty exclusion everything.
      case "OR": return .or(parts)
      case "NOT", "NOR": return .not(.or(parts))
      default:
        findings.leftOut(
          node, "this importer does not know the operator", cure: "write AND, OR or NOT")
        return nil
      }
    }
    guard let name = node["name"]?.name else {
      findings.leftOut(node, "it names no rule", cure: "name one")
      return nil
    }
    if let found = signals.conditions[SemanticSignals.key(kind, name)] { return found }
    if kind == "domain" {
      if let classifier = signals.classifier, let label = signals.domains[name] {
        return .label(classifier, [label])
      }
      findings.leftOut(
        node, "a model inside the router tells the field of a request, and Rung has none inside",
        cure: "name a model of the file that shall be asked: `--model NAME`")
      return nil
    }
    findings.leftOut(
      node, "no condition stands for this kind of rule",
      cure: "write a `classifier`, or the condition with the text tests of the language")
    return nil
  }

  private mutating func step(_ references: SourceNode?, _ node: SourceNode) -> PlanDraft.Step? {
    guard let references, let first = references.elements.first, let name = first["model"]?.name
    else {
      findings.leftOut(node, "it names no model", cure: "write `modelRefs`")
      return nil
    }
    guard let word = words[name] else {
      findings.leftOut(first, "the model is not in the catalog", cure: "see what became of it")
      return nil
    }
    for other in references.elements.dropFirst() {
      findings.leftOut(
        other, "a route asks one model; which of several is best is not found out at each call",
        cure: "write `fallback` or `split` with it")
    }
    var fields = SourceFields(first)
    fields.ignore("model")
    if let weight = fields.take("weight"),
      references.elements.count > 1 || weight.exactly(places: 0) != 1
    {
      findings.leftOut(
        weight, "a route asks one model, and asks it for all of its requests",
        cure: "write `split` if others shall have a share")
    }
    var options = PlanDraft.Options()
    let wanted = fields.take("reasoning_effort")
    let reasons = fields.take("use_reasoning")
    if reasons?.bool == true {
      let word = wanted?.text ?? effort
      options.effort = ["low", "medium", "high"].contains(word) ? word : "medium"
      if let reasons {
        findings.differs(
          reasons, "it is said to the model as `effort \(options.effort ?? effort)`",
          cure: "see that its server takes `reasoning_effort`")
      }
    }
    leaveOut(fields)
    return PlanDraft.Step(model: word, options: options, follows: [])
  }

  private mutating func effects(_ plugins: SourceNode?) -> [EffectDraft] {
    var effects: [EffectDraft] = []
    for plugin in plugins?.elements ?? [] {
      let settings = plugin["configuration"] ?? plugin
      if settings["enabled"]?.bool == false { continue }
      guard plugin["type"]?.text == "system_prompt", let node = settings["system_prompt"],
        let text = node.text, text.contains(where: { !$0.isWhitespace }), effects.isEmpty
      else {
        findings.leftOut(
          plugin, "no line of a route stands for this plugin",
          cure: "write a `guard`, a `gate` or a `cache` line for what it does")
        continue
      }
      let isInsert = settings["mode"]?.text == "insert"
      effects.append(isInsert ? .prependSystem(text) : .replaceSystem(text))
      findings.carriedOver()
    }
    return effects
  }

  /// Categories that hold their models themselves: the one with the highest score.
  mutating func readScores(_ categories: SourceNode?) {
    for category in categories?.elements ?? [] {
      guard let scores = category["model_scores"] ?? category["modelScores"],
        let name = category["name"]?.name
      else { continue }
      guard let classifier = signals.classifier, let label = signals.domains[name] else {
        findings.leftOut(
          category,
          "a model inside the router tells the field of a request, and Rung has none inside",
          cure: "name a model of the file that shall be asked: `--model NAME`")
        continue
      }
      let best = scores.elements.enumerated().max { a, b in
        let (left, right) = (Self.score(a.element), Self.score(b.element))
        return left == right ? a.offset > b.offset : left < right
      }
      // The others are what the router has them for: not the best.
      for (offset, other) in scores.elements.enumerated() where offset != best?.offset {
        other.settle()
      }
      guard let best = best?.element, let model = best["model"]?.name, let word = words[model]
      else {
        findings.leftOut(
          scores, "its best model is not in the catalog", cure: "see what became of it")
        continue
      }
      var step = PlanDraft.Step(model: word, follows: [])
      if best["use_reasoning"]?.bool == true { step.options.effort = effort }
      var effects: [EffectDraft] = []
      if let text = category["system_prompt"]?.text, text.contains(where: { !$0.isWhitespace }) {
        effects.append(.replaceSystem(text))
      }
      draft.routes.append(
        RouteDraft(
          name: names.name(for: name, prefix: "to_"), condition: .label(classifier, [label]),
          effects: effects,
          action: .plan(PlanDraft(arms: [PlanDraft.Arm(weight: 1, steps: [step])])),
          place: SourcePlace(category)))
      findings.carriedOver()
    }
  }

  private static func score(_ node: SourceNode) -> Int64 {
    node["score"]?.exactly(places: 6) ?? 0
  }
}
