import PolicyUnits

// What holds for all models of the file.
extension LiteLLMReader {
  mutating func readSettings(router: SourceNode?, library: SourceNode?) {
    for section in [router, library] {
      guard let section else { continue }
      guard section.isObject else {
        findings.leftOut(section, "it holds no settings", cure: "write them as keys below it")
        continue
      }
      var fields = SourceFields(section)
      readFallbacks(&fields)
      readFailures(&fields)
      readStrategy(&fields)
      readAliases(&fields)
      readCacheAndBudget(&fields)
      leaveOut(fields)
    }
    settleCooldown()
  }

  /// What the router names holds; the same list of the library's is not looked at then.
  private mutating func readFallbacks(_ fields: inout SourceFields) {
    if let node = fields.take("fallbacks"), isFirst("fallbacks", node) {
      let (own, common) = chains(node)
      settings.fallbacks = own
      if let common { settings.commonFallbacks = common }
    }
    if let node = fields.take("default_fallbacks"), isFirst("default_fallbacks", node) {
      if let chain = chain(node) { settings.commonFallbacks = chain }
    }
    if let node = fields.take("context_window_fallbacks"), isFirst("context_window_fallbacks", node)
    {
      settings.tooLong = chains(node).own
    }
    if let node = fields.take("content_policy_fallbacks"), isFirst("content_policy_fallbacks", node)
    {
      settings.filtered = chains(node).own
    }
    // Prompts that do not fit are seen before a call here, always.
    if fields.take("enable_pre_call_checks") != nil { findings.carriedOver() }
  }

  private mutating func isFirst(_ list: String, _ node: SourceNode) -> Bool {
    guard !settings.listsRead.insert(list).inserted else { return true }
    findings.leftOut(
      node, "`router_settings` has `\(list)` too, and those hold",
      cure: "write all of them in `router_settings`")
    return false
  }

  /// `[{group: [others]}]`; `*` stands for all groups.
  private mutating func chains(
    _ node: SourceNode
  ) -> (own: [String: LiteLLMSettings.Chain], common: LiteLLMSettings.Chain?) {
    var own: [String: LiteLLMSettings.Chain] = [:]
    var common: LiteLLMSettings.Chain?
    let entries = node.isObject ? [node] : node.elements
    if !node.isObject, !node.isList {
      findings.leftOut(
        node, "it is no list of groups", cure: "write `- group: [the groups that follow]`")
    }
    for entry in entries {
      guard entry.isObject else {
        findings.leftOut(
          entry, "it names no group it follows", cure: "write `- group: [the groups that follow]`")
        continue
      }
      for member in entry.members {
        guard let chain = chain(member.value) else { continue }
        if member.key == "*" {
          common = chain
        } else if own[member.key] == nil {
          own[member.key] = chain
        } else {
          findings.leftOut(
            entry, "an earlier entry says what follows `\(member.key)`",
            cure: "write one entry for each group")
        }
      }
    }
    return (own, common)
  }

  private mutating func chain(_ node: SourceNode) -> LiteLLMSettings.Chain? {
    guard let names = node.names else {
      findings.leftOut(
        node, "it is no list of group names", cure: "name the groups that follow, in their order")
      return nil
    }
    findings.carriedOver()
    return LiteLLMSettings.Chain(groups: names.compactMap(\.name), node: node)
  }

  private mutating func readFailures(_ fields: inout SourceFields) {
    if let node = fields.take("num_retries") { settings.attempts = findings.attempts(node) }
    if let node = fields.take("allowed_fails") { readAllowedFailures(node) }
    if let node = fields.take("cooldown_time") { readPause(node) }
    for key in ["timeout", "request_timeout"] {
      guard let node = fields.take(key) else { continue }
      guard settings.wholeMillis == nil else {
        findings.leftOut(
          node, "an earlier one holds: that of `router_settings`, and `timeout` before this",
          cure: "write one time for the whole of an answer")
        continue
      }
      guard let time = node.millis else {
        findings.leftOut(node, "it is no time in seconds", cure: "write it as a number above zero")
        continue
      }
      settings.wholeMillis = time
      findings.carriedOver()
    }
  }

  private mutating func readAllowedFailures(_ node: SourceNode) {
    guard let fails = node.exactly(places: 0), (0..<1_000_000).contains(fails) else {
      findings.leftOut(node, "it is no count", cure: "write how many failures are allowed")
      return
    }
    settings.cooldown = (fails + 1, settings.cooldown?.pauseMillis ?? 0)
    findings.differs(
      node, "it counts failures of a minute, a catalog's `cooldown` failures in a row",
      cure: "look at `cooldown` in the catalog")
  }

  private mutating func readPause(_ node: SourceNode) {
    guard let pause = node.millis else {
      findings.leftOut(node, "it is no time in seconds", cure: "write it as a number above zero")
      return
    }
    settings.cooldown = (settings.cooldown?.failures ?? 0, pause)
    findings.carriedOver()
  }

  /// The program's own defaults stand in where the file says one of the two.
  private mutating func settleCooldown() {
    guard let (failures, pause) = settings.cooldown else { return }
    settings.cooldown = (failures == 0 ? 4 : failures, pause == 0 ? 5000 : pause)
  }

  private mutating func readStrategy(_ fields: inout SourceFields) {
    guard let node = fields.take("routing_strategy") else { return }
    switch node.text {
    case "simple-shuffle":
      settings.balance = "weighted"
      findings.carriedOver()
    case "least-busy":
      settings.balance = "least_busy"
      settings.weightless = node.text
      findings.carriedOver()
    case "latency-based-routing":
      settings.balance = "fastest"
      settings.weightless = node.text
      findings.differs(
        node, "`balance: fastest` goes by the time to the first byte, not of the whole answer",
        cure: "look at `balance` in the catalog")
    case "cost-based-routing":
      settings.weightless = node.text
      findings.leftOut(
        node, "the cheapest of a group is not looked for at each call; calls go evenly",
        cure: "write the cheaper model first and the dearer one as its `fallback`")
    case "usage-based-routing", "usage-based-routing-v2":
      settings.weightless = node.text
      findings.leftOut(
        node, "no deployment is chosen by the tokens it has left; calls go evenly",
        cure: "keep `rpm` and `tpm` in the catalog: a full deployment is passed over")
    default:
      findings.leftOut(
        node, "this importer does not know the strategy",
        cure: "choose a `balance` in the catalog: `weighted`, `least_busy` or `fastest`")
    }
  }

  private mutating func readAliases(_ fields: inout SourceFields) {
    guard let node = fields.take("model_group_alias") else { return }
    for member in node.members {
      let target = member.value.isObject ? member.value["model"] : member.value
      guard let group = target?.name else {
        findings.leftOut(
          member.value, "it names no group", cure: "write the group's `model_name` behind it")
        continue
      }
      settings.aliases.append((member.key, group, member.value))
    }
  }

  private mutating func readCacheAndBudget(_ fields: inout SourceFields) {
    if let node = fields.take("cache") { settings.cache = node }
    if let node = fields.take("cache_params") { settings.cacheParameters = node }
    let window = fields.take("budget_duration")
    if let amount = fields.take("max_budget") {
      settings.budget = (amount, window)
    } else if let window {
      findings.leftOut(
        window, "there is no `max_budget` beside it", cure: "write `budget house = $… per month`")
    }
  }
}

extension SourceNode {
  /// Seconds as whole milliseconds; nil unless they are some, and at most a year.
  var millis: Int64? {
    exactly(places: 3).flatMap { (1...31_536_000_000).contains($0) ? $0 : nil }
  }
}
