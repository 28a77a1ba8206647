import CatalogImport
import RoutingCatalog

// A target that is called.
extension PortkeyReader {
  mutating func model(
    _ fields: inout SourceFields, _ inherited: Inherited
  ) -> PortkeyTree? {
    let node = fields.node
    let provider = fields.take("provider")
    let virtual = fields.either("virtual_key")
    let key = fields.either("api_key")
    let host = fields.either("custom_host")
    let resource = fields.either("resource_name") ?? fields.either("azure_resource_name")
    let deployment = fields.either("deployment_id") ?? fields.either("azure_deployment_id")
    if let version = fields.either("api_version") ?? fields.either("azure_api_version") {
      findings.differs(
        version, "calls go to Azure's `/openai/v1`, which takes no version",
        cure: "see that the resource serves it")
    }
    var options = inherited.options
    var sampling = parameters(fields.either("default_params"), &options, winner: .caller)
    sampling += parameters(fields.either("override_params"), &options, winner: .configuration)
    let written = node.eitherMember("override_params")?["model"]?.name
    leaveOut(fields)
    guard var model = deployment?.name ?? written ?? inherited.model else {
      findings.leftOut(
        node, "it takes the model the caller names, and a catalog names each with its price",
        cure: "write `override_params.model`, or say which it is: `--model NAME`")
      return nil
    }
    var slug = virtual?.name
    // `@slug/model` names a provider that is set up elsewhere.
    if model.hasPrefix("@"), let slash = model.firstIndex(of: "/") {
      slug = String(model[model.index(after: model.startIndex)..<slash])
      model = String(model[model.index(after: slash)...])
    }
    var kind = provider?.name
    if let name = kind, name.hasPrefix("@") {
      slug = String(name.dropFirst())
      kind = nil
    }
    guard !model.isEmpty, DraftNames.isHoldable(model),
      let place = place(
        PortkeyPlace(kind: kind, slug: slug, host: host, resource: resource?.name), key, node)
    else { return nil }
    let called = RouterDraft.DeploymentDraft(provider: place.word, upstream: model)
    let word = word(of: called, kind: place.kind)
    findings.carriedOver()
    return .model(PlanDraft.Step(model: word, options: options, parameters: sampling))
  }

  /// What a target says of where it is.
  struct PortkeyPlace {
    let kind: String?
    let slug: String?
    let host: SourceNode?
    let resource: String?
  }

  private mutating func place(
    _ place: PortkeyPlace, _ key: SourceNode?, _ node: SourceNode
  ) -> (word: String, kind: String)? {
    let kind = place.kind.flatMap(PortkeyProviders.kind)
    let called = kind ?? place.slug ?? place.kind ?? "provider"
    let url: String
    if let given = [place.slug, place.kind].compactMap({ $0.flatMap { options.addresses[$0] } })
      .first
    {
      url = given
    } else if let host = place.host?.text {
      url = host
    } else if kind == "azure", let resource = place.resource {
      url = "https://\(resource).openai.azure.com/openai/v1"
    } else if let known = kind.flatMap(LiteLLMProviders.endpoint) {
      url = known.url
    } else {
      findings.leftOut(
        node,
        place.slug != nil
          ? "where `\(shownKey(called))` is, the gateway's vault knows, not this file"
          : "Rung speaks the OpenAI protocol, and `\(shownKey(called))` has no address for it that is known here",
        cure: "give it: `--address \(shownKey(called))=https://…`")
      return nil
    }
    if let reason = BaseURL.refusal(of: url) {
      findings.leftOut(
        place.host ?? node, "its address is none: \(reason)", cure: "write another")
      return nil
    }
    return (
      providers.word(
        called, url: BaseURL.trimmed(url), keyVariable: keyVariable(kind, called, place, key),
        timeout: nil), called
    )
  }

  private mutating func keyVariable(
    _ kind: String?, _ called: String, _ place: PortkeyPlace, _ key: SourceNode?
  ) -> String? {
    let usual = kind.flatMap(LiteLLMServices.keyVariable)
    if let literal = key?.text, let key {
      let name = providers.variable(
        for: literal, wanted: usual ?? ProviderBook.variable(of: called))
      findings.leftOut(
        key, "a key stands in the file, and none is copied",
        cure: "put it into the variable `\(name)`, and take it out here")
      return name
    }
    if let slug = place.slug {
      return providers.variable(for: "slug \(slug)", wanted: ProviderBook.variable(of: slug))
    }
    return usual
  }

  /// One word for one place and model.
  private mutating func word(of called: RouterDraft.DeploymentDraft, kind: String) -> String {
    if let known = words[called] { return known }
    let taken = Set(words.values).union(DeclaredNames.takenFromModels)
    let base = DraftNames.word(for: called.upstream)
    var word = base
    if taken.contains(word) { word = DraftNames.word(for: "\(base)-\(kind)") }
    var number = 2
    let second = word
    while taken.contains(word) {
      word = "\(second)-\(number)"
      number += 1
    }
    words[called] = word
    let facts = prices.facts(of: [called.upstream, "\(kind)/\(called.upstream)"]) ?? ModelFacts()
    draft.models.append(
      RouterDraft.CatalogEntryDraft(word: word, deployments: [called], facts: facts))
    return word
  }

  /// Parameters a target sets.
  private mutating func parameters(
    _ node: SourceNode?, _ options: inout PlanDraft.Options, winner: ParameterWinner
  ) -> [ParameterDraft] {
    guard let node else { return [] }
    var fields = SourceFields(node)
    if winner == .configuration { fields.ignore("model") }
    let sampling = findings.sampling(&fields, winner: winner)
    if let member = fields.either("max_tokens") {
      options.maxOutput = findings.ceiling(member) ?? options.maxOutput
    }
    leaveOut(fields)
    return sampling
  }
}

/// Portkey's names of providers as LiteLLM's, by rule.
enum PortkeyProviders {
  static func kind(_ name: String) -> String? {
    let plain = name.lowercased().replacing("-", with: "_")
    switch plain {
    case "azure_openai": return "azure"
    case "google": return "gemini"
    case "cohere": return "cohere_chat"
    default: break
    }
    let bare = plain.hasSuffix("_ai") ? String(plain.dropLast(3)) : plain
    return [plain, bare, bare + "ai", bare + "_ai"].first {
      LiteLLMProviders.endpoint(of: $0) != nil
    }
  }
}
