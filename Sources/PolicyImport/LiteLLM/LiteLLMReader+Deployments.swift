import CatalogImport
import PolicySemantics
import PolicyUnits
import RoutingCatalog

// One entry of `model_list`.
extension LiteLLMReader {
  mutating func readDeployment(_ entry: SourceNode) {
    var fields = SourceFields(entry)
    guard let name = fields.take("model_name"), let group = name.name else {
      return findings.leftOut(
        entry, "it has no `model_name` a route could be made for",
        cure: "name the group it belongs to")
    }
    guard let parameters = fields.take("litellm_params"), parameters.isObject else {
      return findings.leftOut(
        entry, "it has no `litellm_params`", cure: "say there which model it is")
    }
    let info = fields.take("model_info")
    var values = SourceFields(parameters)
    let place = index(of: group, entry, parameters)
    guard let modelNode = values.take("model"), let model = modelNode.name else {
      entry.settle()
      return findings.leftOut(parameters, "it names no `model`", cure: "write `model: openai/…`")
    }
    guard !group.contains("*"), !model.contains("*") else {
      return findings.leftOut(
        entry, "`*` stands for models nobody has named",
        cure: "list the models callers ask for: a catalog names each with its price")
    }
    guard let service = service(model, info, values.take("custom_llm_provider"), entry),
      let provider = provider(of: service, &values, modelNode)
    else { return entry.settle() }
    var member = LiteLLMGroup.Member(
      line: entry.line, path: entry.path,
      deployment: RouterDraft.DeploymentDraft(provider: provider, upstream: service.upstream),
      model: service.model, facts: facts(service, parameters, info), isEmbedder: service.isEmbedder,
      parameters: [])
    readLimits(&values, into: &member)
    readParameters(&values, into: &member)
    for described in parameters.members where LiteLLMImport.describes(described.key) {
      values.ignore(described.key)
    }
    leaveOut(values)
    leaveOut(fields)
    if let info { leaveOutInfo(info) }
    guard member.weight != 0 else {
      // Strategies that look at no weights would call it; nobody means that by a zero.
      return findings.leftOut(
        entry, "its weight is 0: it is not meant to be called",
        cure: "give it a weight if it shall be called")
    }
    findings.carriedOver()
    groups[place].members.append(member)
  }

  /// The place of a group among the others, noting what this entry says of it.
  private mutating func index(
    of name: String, _ entry: SourceNode, _ parameters: SourceNode
  ) -> Int {
    if !groups.contains(where: { $0.name == name }) {
      groups.append(LiteLLMGroup(name: name, line: entry.line))
    }
    let index = groups.firstIndex { $0.name == name } ?? groups.count - 1
    groups[index].note(parameters)
    return index
  }

  /// What a deployment calls, before it is known where.
  struct Service {
    let kind: String
    /// The provider's own name for the model.
    let upstream: String
    /// What the model is, wherever it is deployed, as far as the file says.
    let model: String
    /// Names a price list may have it under.
    let listed: [String]
    let isEmbedder: Bool
  }

  /// Nil, and told of, if it is no chat model and no embedder.
  private mutating func service(
    _ model: String, _ info: SourceNode?, _ custom: SourceNode?, _ entry: SourceNode
  ) -> Service? {
    let base = info?["base_model"]?.name
    var kind = LiteLLMServices.kind(of: model)
    if let custom = custom?.name { kind = (custom, kind.upstream) }
    guard let provider = kind.provider else {
      findings.leftOut(
        entry, "whose model this is does not stand in its name",
        cure: "write the provider before it, as `openai/…`")
      return nil
    }
    guard !kind.upstream.isEmpty else {
      findings.leftOut(
        entry, "no model stands behind its provider", cure: "write one, as `openai/gpt-4o`")
      return nil
    }
    let names = [base, model, kind.upstream, "\(provider)/\(kind.upstream)"].compactMap(\.self)
    let mode = info?["mode"]?.text
    switch mode ?? LiteLLMServices.mode(byName: kind.upstream) {
    case "chat", nil, "embedding", "responses": break
    case let mode?:
      findings.leftOut(
        entry, "Rung routes chats and embeddings, and this is for \(shownKey(mode))",
        cure: "call that service directly")
      return nil
    }
    guard mode != "responses" else {
      findings.leftOut(
        entry, "it is asked through the responses API", cure: "name a model that takes chats")
      return nil
    }
    let isEmbedder =
      mode.map { $0 == "embedding" } ?? prices.isEmbedder(names)
      ?? (LiteLLMServices.mode(byName: kind.upstream) == "embedding")
    return Service(
      kind: provider, upstream: kind.upstream, model: base ?? kind.upstream, listed: names,
      isEmbedder: isEmbedder)
  }

  /// The provider's word in the catalog; nil, and told of, if no call can be made to it.
  private mutating func provider(
    of service: Service, _ values: inout SourceFields, _ model: SourceNode
  ) -> String? {
    let base = values.take("api_base") ?? values.take("base_url")
    let key = values.take("api_key")
    let url: String
    switch LiteLLMServices.address(of: service.kind, base, options.addresses) {
    case .at(let address): url = address
    case .unknown(let why, let cure):
      findings.leftOut(base ?? model, why, cure: cure)
      return nil
    }
    if let reason = BaseURL.refusal(of: url) {
      findings.leftOut(base ?? model, "its address is none: \(reason)", cure: "write another")
      return nil
    }
    if service.kind == "azure", let version = values.take("api_version") {
      findings.differs(
        version, "calls go to Azure's `/openai/v1`, which takes no version",
        cure: "see that the resource serves it; the deployment's name is `upstream`")
    }
    var time = settings.wholeMillis
    // The last one that is read holds, so the one the library prefers comes last.
    let (later, sooner) = (values.take("request_timeout"), values.take("timeout"))
    for node in [later, sooner].compactMap(\.self) {
      guard let own = node.millis else {
        findings.leftOut(node, "it is no time in seconds", cure: "write it as a number above zero")
        continue
      }
      if node.path == later?.path, sooner?.millis != nil {
        findings.leftOut(
          node, "`timeout` stands beside it and holds", cure: "take out one of the two")
        continue
      }
      time = own
      findings.carriedOver()
    }
    let variable = keyVariable(of: service.kind, key)
    return providers.word(
      service.kind, url: BaseURL.trimmed(url), keyVariable: variable,
      timeout: time.map { Milliseconds($0) })
  }

  /// The variable that holds its key; nil where none is needed.
  private mutating func keyVariable(of kind: String, _ node: SourceNode?) -> String? {
    let usual = LiteLLMServices.keyVariable(of: kind)
    guard let node else { return usual }
    if let variable = node.environmentVariable {
      if SecretLikeness.isVariableName(variable) { return variable }
      findings.leftOut(
        node, "a catalog's `key_env` takes capitals, digits and `_`",
        cure: "call the variable by such a name")
      return usual ?? ProviderBook.variable(of: kind)
    }
    guard let literal = node.text else { return usual }
    let name = providers.variable(
      for: literal, wanted: usual ?? ProviderBook.variable(of: kind))
    findings.leftOut(
      node, "a key stands in the file, and none is copied",
      cure: "put it into the variable `\(name)`, and take it out here")
    return name
  }

  private mutating func facts(
    _ service: Service, _ parameters: SourceNode, _ info: SourceNode?
  ) -> ModelFacts {
    let listed = prices.facts(of: service.listed)
    // What stands under `litellm_params` are limits of the deployment, and prices.
    var own = parameters.members.filter {
      $0.key.contains("cost") || $0.key.hasPrefix("supports_")
    }
    own += (info?.members ?? []).filter { member in !own.contains { $0.key == member.key } }
    let described = own.filter { !["rpm", "tpm", "mode", "source"].contains($0.key) }
    guard
      let found = ModelFacts.written(described, model: service.upstream, source: options.source)
    else { return listed ?? ModelFacts() }
    var written = found.facts
    let abilities = found.description.abilities
    if !abilities.isEmpty {
      let rest = listed?.capabilities ?? CatalogWriter.assumed
      written.capabilities = Capability.allCases.filter { abilities[$0] ?? rest.contains($0) }
    }
    var others = listed
    for fault in found.description.faults {
      let place = described.last { fault.keys.contains($0.key) }
      // A price that stands there and is not taken is not the list's either.
      if fault.isAboutMoney { others?.prices = ModelPrices() }
      findings.leftOut(
        place?.value.path ?? (info ?? parameters).path, place?.line ?? (info ?? parameters).line,
        fault.refusal.words
          + (fault.losesPrices ? ", and what a call costs hangs on it: no price is taken" : ""),
        cure: "write \(fault.isAboutMoney ? "the model's `prices`" : "it") into the catalog")
    }
    let doubts = written.prices.doubts
    if !doubts.isEmpty {
      findings.leftOut(
        info ?? parameters,
        "what stays unknown, as it is zero or over 0.001 a token: "
          + Set(doubts.map { "`\($0.price)`" }).sorted().joined(separator: ", "),
        cure: "write it into the catalog with `confirm: free` or `confirm: expensive`")
      written.prices.leaveOutDoubtful()
      others?.prices = ModelPrices()
    }
    if written.prices == ModelPrices() { written.source = nil }
    if found.description.faults.isEmpty, doubts.isEmpty { findings.carriedOver() }
    // Only texts go to an embedder, and a text has one price.
    if !service.isEmbedder { leaveOutBills(found.description.model.notes, of: described) }
    return written.completed(by: others)
  }

  /// Prices no catalog has, of chats with more in them than text.
  private mutating func leaveOutBills(_ notes: [ImportNote], of members: [SourceNode.Member]) {
    for note in notes {
      let keys = note.keysOfBills
      guard let first = members.last(where: { keys.contains($0.key) }) else { continue }
      let cure =
        if case .imagesApart = note {
          "write `images` into `capabilities` if an image may be counted by its tokens"
        } else {
          "expect such calls to be billed higher than they are counted here"
        }
      findings.leftOut(first.value.path, first.line, note.words, cure: cure)
    }
  }

  private mutating func readLimits(
    _ values: inout SourceFields, into member: inout LiteLLMGroup.Member
  ) {
    member.deployment.requestsPerMinute = limit(values.take("rpm"))
    member.deployment.tokensPerMinute = limit(values.take("tpm"))
    if let node = values.take("weight") {
      if let weight = node.exactly(places: 6), (0...1_000_000_000_000).contains(weight) {
        member.weight = weight
        if let strategy = settings.weightless, weight != 0 {
          findings.leftOut(
            node, "`\(strategy)` looks at no weights, and calls go evenly here",
            cure: "choose `balance: weighted` in the catalog if calls shall go by weight")
        } else {
          member.weightNode = node
        }
      } else {
        findings.leftOut(node, "it is no weight", cure: "write a number from 0")
      }
    }
    if let node = values.take("order") {
      if let order = node.exactly(places: 0) {
        member.order = order
        findings.carriedOver()
      } else {
        findings.leftOut(node, "it is no whole number", cure: "write 1 for those asked first")
      }
    }
    if let node = values.take("region_name") {
      if let region = node.name, DraftNames.word(for: region) == region {
        member.deployment.region = region
        findings.carriedOver()
      } else {
        findings.leftOut(node, "no policy could name the region", cure: "write one word")
      }
    }
    for key in ["num_retries", "max_retries"] {
      if let node = values.take(key) {
        member.attempts = member.attempts ?? findings.attempts(node)
      }
    }
  }

  private mutating func limit(_ node: SourceNode?) -> Int64? {
    guard let node else { return nil }
    guard let count = node.count else {
      if node.isBeyondCounts {
        findings.leftOut(
          node, "it is more than the 1,000,000,000,000 a minute a catalog takes",
          cure: "take it out: a deployment without a limit has none")
      } else {
        findings.leftOut(node, "it is no count from 1", cure: "write requests or tokens a minute")
      }
      return nil
    }
    findings.carriedOver()
    return count
  }

  private mutating func readParameters(
    _ values: inout SourceFields, into member: inout LiteLLMGroup.Member
  ) {
    member.parameters = findings.sampling(&values, winner: .caller)
    member.maxOutput = values.take("max_tokens").flatMap { findings.ceiling($0) }
  }

  private mutating func leaveOutInfo(_ info: SourceNode) {
    var fields = SourceFields(info)
    for key in ["id", "mode", "base_model", "db_model"] { fields.ignore(key) }
    for member in info.members
    where LiteLLMImport.describes(member.key) && !["rpm", "tpm"].contains(member.key) {
      fields.ignore(member.key)
    }
    leaveOut(fields)
  }
}
