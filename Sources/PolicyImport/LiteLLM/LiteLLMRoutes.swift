import CatalogImport
import PolicyUnits

/// Makes models of the catalog and routes of the policy out of the groups.
struct LiteLLMRoutes {
  private var reader: LiteLLMReader
  /// The catalog's models of a group, in the order in which they are asked; the first stage of a
  /// group may have several, with their weights.
  private var plans: [String: [Stage]] = [:]
  private var words: [String: String] = [:]
  private var names = DeclaredNames()

  /// Deployments that are asked with equal right, one model for each price.
  private struct Stage {
    var models: [StagedModel]
  }

  private struct StagedModel {
    let word: String
    let weight: Int64
    let options: PlanDraft.Options
    let parameters: [ParameterDraft]
  }

  static func write(into reader: inout LiteLLMReader) {
    var routes = LiteLLMRoutes(reader: reader)
    routes.write()
    reader = routes.reader
  }

  private init(reader: LiteLLMReader) { self.reader = reader }

  private mutating func write() {
    nameModels()
    for group in reader.groups {
      if group.isEmbedder { writeEmbedder(group) } else { writeModels(group) }
    }
    let line = reader.groups.first?.line ?? 1
    reader.findings.unpriced(reader.draft.models, at: SourcePlace("model_list", line))
    let chats = reader.groups.filter { !$0.isEmbedder }
    reportUnknownNames(Set(chats.map(\.name)))
    let cache = cacheLine()
    for group in chats {
      guard let route = route(of: group, cache) else { continue }
      reader.draft.routes.append(route)
    }
    reader.draft.otherwise = .refuse("this gateway has no model of that name")
    writeBudget(over: cache)
  }

  // MARK: Models

  private mutating func nameModels() {
    var wanted: [String] = []
    for group in reader.groups {
      wanted.append(group.name)
      wanted +=
        group.isEmbedder
        ? []
        : (1..<max(group.members.count, 1)).map {
          Self.part($0, of: group.name)
        }
    }
    words = DraftNames.words(for: wanted, reserved: DeclaredNames.takenFromModels)
  }

  /// The name of a further model of a group.
  private static func part(_ number: Int, of group: String) -> String { "\(group)-\(number + 1)" }

  private func word(_ group: String, _ number: Int) -> String {
    let name = number == 0 ? group : Self.part(number, of: group)
    return words[name] ?? DraftNames.word(for: name)
  }

  private mutating func writeEmbedder(_ group: LiteLLMGroup) {
    let word = word(group.name, 0)
    if word != group.name {
      reader.findings.differs(
        "model_list", group.line, "callers ask for the embedder as `\(word)`",
        cure: "change the name where it is asked for")
    }
    // Vectors of one model say nothing beside those of another.
    let members = group.members.filter { $0.model == group.members[0].model }
    for other in group.members where other.model != group.members[0].model {
      reader.findings.leftOut(
        other.path, other.line,
        "another model than the group's first, and vectors of two models cannot be compared",
        cure: "give it a `model_name` of its own")
    }
    var facts = group.members[0].facts
    if members.contains(where: { $0.facts.prices != facts.prices }) {
      facts.prices = ModelFacts().prices
      reader.findings.leftOut(
        "model_list", group.line, "its deployments cost different amounts, so its price is unknown",
        cure: "make an embedder of each price")
    }
    reader.draft.embedders.append(
      RouterDraft.CatalogEntryDraft(
        word: word, deployments: members.map { unlimited($0) }, facts: facts))
  }

  /// An embedder's deployment, which nothing holds back here.
  private mutating func unlimited(_ member: LiteLLMGroup.Member) -> RouterDraft.DeploymentDraft {
    var deployment = member.deployment
    if deployment.requestsPerMinute != nil || deployment.tokensPerMinute != nil {
      reader.findings.leftOut(
        member.path, member.line, "`rpm` and `tpm` hold back the calls of models, not of embedders",
        cure: "keep the limit at the provider, or write a `limit` for its callers")
    }
    deployment.requestsPerMinute = nil
    deployment.tokensPerMinute = nil
    return deployment
  }

  private mutating func writeModels(_ group: LiteLLMGroup) {
    var number = 0
    for members in group.stages {
      var stage = Stage(models: [])
      for (part, weight) in prices(in: members) {
        let word = word(group.name, number)
        number += 1
        reader.draft.models.append(
          RouterDraft.CatalogEntryDraft(
            word: word, deployments: part.map(\.deployment),
            balance: part.count > 1 ? reader.settings.balance : nil, cooldown: cooldown,
            facts: part[0].facts))
        stage.models.append(
          StagedModel(
            word: word, weight: weight, options: options(of: part, group),
            parameters: parameters(of: part)))
      }
      if stage.models.count > 1, reader.settings.weightless != nil {
        let cost = members.allSatisfy(\.facts.isPriced) ? "cost" : "may cost"
        reader.findings.differs(
          "model_list", group.line,
          "its deployments \(cost) different amounts: the route splits between them evenly",
          cure: "give each price a `model_name` of its own, or look at the shares")
      }
      plans[group.name, default: []].append(stage)
    }
  }

  private var cooldown: (failures: Int64, pause: Milliseconds)? {
    reader.settings.cooldown.map { ($0.failures, Milliseconds($0.pauseMillis)) }
  }

  /// Members of one price together, with the sum of their weights.
  private func prices(
    in members: [LiteLLMGroup.Member]
  ) -> [(members: [LiteLLMGroup.Member], weight: Int64)] {
    var parts: [(members: [LiteLLMGroup.Member], weight: Int64)] = []
    for member in members {
      let weight = member.deployment.weight ?? 1
      if let index = parts.firstIndex(where: { $0.members[0].isPriced(as: member) }) {
        parts[index].members.append(member)
        parts[index].weight = parts[index].weight.addingReportingOverflow(weight).partialValue
      } else {
        parts.append(([member], weight))
      }
    }
    return parts
  }

  private mutating func options(
    of members: [LiteLLMGroup.Member], _ group: LiteLLMGroup
  ) -> PlanDraft.Options {
    var options = PlanDraft.Options(attempts: reader.settings.attempts)
    if members.contains(where: { $0.attempts != members[0].attempts }) {
      reader.findings.leftOut(
        "model_list", group.line, "repeats that differ among its deployments",
        cure: "write one `attempts` behind the model")
    } else {
      options.attempts = members[0].attempts ?? options.attempts
    }
    if members.contains(where: { $0.maxOutput != members[0].maxOutput }) {
      reader.findings.leftOut(
        "model_list", group.line, "`max_tokens` that differs among its deployments",
        cure: "write one `max_output` behind the model")
    } else {
      options.maxOutput = members[0].maxOutput
    }
    return options
  }

  /// What all deployments of a model state alike; the rest is told of.
  private mutating func parameters(of members: [LiteLLMGroup.Member]) -> [ParameterDraft] {
    func isShared(_ parameter: ParameterDraft) -> Bool {
      members.allSatisfy { $0.parameters.contains { $0.effect == parameter.effect } }
    }
    for parameter in members.flatMap(\.parameters) where !isShared(parameter) {
      reader.findings.leftOut(
        parameter.place.what, parameter.place.line,
        "other deployments of its group do not state it so, and a route sets it for all of them",
        cure: "give each its own `model_name`, or write one `default` line into the route")
    }
    return members[0].parameters.filter(isShared)
  }

  // MARK: Routes

  /// Nil where no name leads to the group.
  private mutating func route(of group: LiteLLMGroup, _ cache: [EffectDraft]) -> RouteDraft? {
    let aliases = reader.settings.aliases.filter { $0.group == group.name }.map(\.name)
    // An alias goes before a group of its name, and the first of its name before others.
    let asked = ([group.name] + aliases.filter { $0 != group.name })
      .filter { resolved($0) == group.name }
    guard !asked.isEmpty else {
      reader.findings.leftOut(
        "model_list", group.line,
        "`model_group_alias` sends `\(group.name)` to `\(resolved(group.name))`: nobody asks it",
        cure: "give the alias or the group another name")
      return nil
    }
    return RouteDraft(
      name: names.name(for: group.name, prefix: "to_"),
      condition: .oneOf("model", asked), effects: cache,
      action: .plan(plan(of: group)), place: SourcePlace("model_list", group.line))
  }

  private mutating func plan(of group: LiteLLMGroup) -> PlanDraft {
    let stages = plans[group.name] ?? []
    let after = stages.dropFirst().flatMap { steps($0, follows: PlanDraft.Failure.ordinary) }
    let others = followers(of: group)
    let first = stages.first?.models ?? []
    return PlanDraft(
      arms: first.indices.map { index in
        let siblings = first.indices.filter { $0 != index }
          .map { step(first[$0], follows: PlanDraft.Failure.ordinary) }
        let asked = [step(first[index], follows: [])] + siblings + after + others
        return PlanDraft.Arm(weight: first[index].weight, steps: Self.once(asked))
      })
  }

  private func steps(_ stage: Stage, follows: Set<PlanDraft.Failure>) -> [PlanDraft.Step] {
    stage.models.sorted { $0.weight > $1.weight }.map { step($0, follows: follows) }
  }

  private func step(
    _ model: StagedModel,
    follows: Set<PlanDraft.Failure>
  ) -> PlanDraft.Step {
    PlanDraft.Step(
      model: model.word, options: model.options, follows: follows, parameters: model.parameters)
  }

  /// No model twice after the same failure: the second time it would fail as the first.
  private static func once(_ steps: [PlanDraft.Step]) -> [PlanDraft.Step] {
    var kept: [PlanDraft.Step] = []
    for step in steps where step.model != kept.first?.model {
      var step = step
      for earlier in kept where earlier.model == step.model {
        step.follows.subtract(earlier.follows)
      }
      if kept.isEmpty || !step.follows.isEmpty { kept.append(step) }
    }
    return kept
  }

  /// The groups that follow a failure of this one, and those that follow theirs.
  private func followers(of group: LiteLLMGroup) -> [PlanDraft.Step] {
    let settings = reader.settings
    var plain: Set<PlanDraft.Failure> = [.unavailable, .limited]
    // Failures with a chain of their own follow that one only; without one they follow this.
    if settings.tooLong == nil { plain.insert(.tooLong) }
    if settings.filtered == nil { plain.insert(.filtered) }
    let chains: [(Set<PlanDraft.Failure>, (String) -> LiteLLMSettings.Chain?)] = [
      ([.tooLong], { settings.tooLong?[$0] }),
      ([.filtered], { settings.filtered?[$0] }),
      (plain, { settings.fallbacks[$0] ?? settings.commonFallbacks }),
    ]
    return chains.flatMap { follows, next in
      var seen: Set<String> = [group.name]
      var order: [String] = []
      follow(group.name, next, depth: 0, &seen, &order)
      return order.flatMap { name in
        (plans[name] ?? []).flatMap { steps($0, follows: follows) }
      }
    }
  }

  /// Five hops at most, as the router has it.
  private func follow(
    _ group: String, _ next: (String) -> LiteLLMSettings.Chain?, depth: Int,
    _ seen: inout Set<String>, _ order: inout [String]
  ) {
    guard depth < 5, let chain = next(group) else { return }
    for name in chain.groups.map(resolved) where seen.insert(name).inserted {
      order.append(name)
      follow(name, next, depth: depth + 1, &seen, &order)
    }
  }

  /// The group that a name leads to; an alias of none that is here leads nowhere else.
  private func resolved(_ name: String) -> String {
    reader.settings.aliases.first { $0.name == name && plans[$0.group] != nil }?.group ?? name
  }

  private mutating func reportUnknownNames(_ known: Set<String>) {
    let settings = reader.settings
    for alias in settings.aliases where !known.contains(alias.group) {
      reader.findings.leftOut(
        alias.node, "there is no group of that name in the policy",
        cure: "see what became of the group")
    }
    for _ in settings.aliases where !known.isEmpty { reader.findings.carriedOver() }
    let chains =
      Array(settings.fallbacks) + Array(settings.tooLong ?? [:]) + Array(settings.filtered ?? [:])
    var all = chains.map { (group: $0.key as String?, chain: $0.value) }
    if let common = settings.commonFallbacks { all.append((nil, common)) }
    for (group, chain) in all.sorted(by: { $0.chain.node.line < $1.chain.node.line }) {
      let missing = chain.groups.filter { !known.contains(resolved($0)) }
      if let group, !known.contains(group) {
        reader.findings.leftOut(
          chain.node, "the group it belongs to is not in the policy",
          cure: "see what became of the group")
      } else if !missing.isEmpty {
        reader.findings.leftOut(
          chain.node, "not in the policy: \(missing.map(\.shown).joined(separator: ", "))",
          cure: "see what became of them, or name groups that are there")
      }
    }
  }

  // MARK: Cache and budget

  private mutating func cacheLine() -> [EffectDraft] {
    guard let node = reader.settings.cache else {
      if let node = reader.settings.cacheParameters {
        reader.findings.leftOut(node, "`cache: true` does not stand beside it", cure: "write both")
      }
      return []
    }
    guard node.bool != false else { return [] }
    guard let parameters = reader.settings.cacheParameters else {
      reader.findings.leftOut(
        node, "how long an answer is kept does not stand there",
        cure: "write `cache exact for 10m per tenant` into the routes that may have it")
      return []
    }
    return cacheLine(node, parameters)
  }

  private mutating func cacheLine(_ node: SourceNode, _ parameters: SourceNode) -> [EffectDraft] {
    var fields = SourceFields(parameters)
    let type = fields.take("type")?.text ?? "local"
    let mode = fields.take("mode")
    let calls = fields.take("supported_call_types")
    let threshold = fields.take("similarity_threshold")
    let encoders = [
      "redis_semantic_cache_embedding_model", "qdrant_semantic_cache_embedding_model",
    ]
    .compactMap { fields.take($0) }
    let time = fields.take("ttl")
    for key in ["host", "port", "password", "namespace", "ssl", "username"] {
      if let member = fields.take(key) {
        reader.findings.leftOut(
          member, "answers are kept in memory and in a file", cure: "`rung serve --cache FILE`")
      }
    }
    reader.leaveOut(fields)
    if let mode, mode.text == "default_off" {
      reader.findings.leftOut(
        mode, "no caller asks for the cache here; a route has it or not",
        cure: "write `cache exact for … per tenant` into the routes that may have it")
      return []
    }
    if let names = calls?.names?.compactMap(\.name),
      !names.contains("acompletion"), !names.contains("completion")
    {
      return []
    }
    guard let time, let pause = time.millis else {
      reader.findings.leftOut(
        time ?? node, "how long an answer is kept does not stand there",
        cure: "write `cache exact for 10m per tenant` into the routes that may have it")
      return []
    }
    reader.findings.differs(
      node, "answers are kept for each tenant; the proxy shares them among all callers",
      cure: "write `shared` for `per tenant` where no answer is personal")
    guard type.hasSuffix("semantic") else { return [.cacheExact(Milliseconds(pause))] }
    guard let score = threshold?.exactly(places: 6), (1...1_000_000).contains(score),
      let encoder = encoders.first?.name,
      let embedder = reader.draft.embedders.first(where: { $0.word == words[encoder] })
    else {
      reader.findings.leftOut(
        parameters, "the embedder of its similar answers is not in the catalog",
        cure: "add it to `embedders` and write `cache similar >= … by NAME for …`")
      return []
    }
    return [.cacheSimilar(Score(millionths: score), encoder: embedder.word, Milliseconds(pause))]
  }

  /// `cache` may ask an embedder, which costs something for every request too.
  private mutating func writeBudget(over cache: [EffectDraft]) {
    guard let (amount, window) = reader.settings.budget else { return }
    guard let nanos = amount.exactly(places: 9), nanos > 0 else {
      return reader.findings.leftOut(amount, "it is no amount", cure: "write dollars above zero")
    }
    guard let window, let text = window.text, let name = Self.windows[text] else {
      return reader.findings.leftOut(
        window ?? amount, "no budget of a policy has that length",
        cure: "write `budget house = $… per day`, or `week` or `month`")
    }
    let encoders: [String] = cache.compactMap {
      if case .cacheSimilar(_, let encoder, _) = $0 { return encoder }
      return nil
    }
    let asked = reader.draft.embedders.filter { encoders.contains($0.word) }
    let unpriced =
      reader.draft.models.filter { !$0.facts.isPriced }.count
      + asked.filter { !$0.facts.isPricedToRead }.count
    guard unpriced == 0 else {
      return reader.findings.leftOut(
        amount, "what \(unpriced) of its models cost is unknown: no budget holds over them",
        cure: "give a price list: `--prices FILE`, or write `prices` into the catalog")
    }
    _ = names.takeIfFree("house")
    reader.draft.budgets.append(
      RouterDraft.BudgetDraft(
        name: "house", amount: Money(nanos: nanos), window: name, place: SourcePlace(amount)))
    reader.findings.differs(
      amount, "`per \(name)` \(name == "hour" ? "rolls" : "goes by the calendar")",
      cure: "look at the `budget` line")
  }

  private static let windows = [
    "1h": "hour", "60m": "hour", "1d": "day", "24h": "day", "7d": "week", "1w": "week",
    "30d": "month", "1mo": "month",
  ]
}
