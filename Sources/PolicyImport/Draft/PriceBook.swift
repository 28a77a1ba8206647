import CatalogImport
import JSONReading
import JSONWriting
import PolicySemantics
import PolicyUnits

/// What is known of models from outside the configuration: a price list, if one was given.
struct PriceBook {
  private let entries: [String: ImportedEntry]
  private let date: CalendarDate?

  init(_ list: CatalogDraft?, date: CalendarDate?) {
    var entries: [String: ImportedEntry] = [:]
    for entry in list?.entries ?? [] where entries[entry.name] == nil {
      entries[entry.name] = entry
    }
    self.entries = entries
    self.date = date
  }

  /// Of the first of these names the list has; nil if it has none.
  ///
  /// A price somebody would have to confirm stays unknown.
  func facts(of names: [String]) -> ModelFacts? {
    for name in names {
      guard let entry = entries[name], let model = entry.model else { continue }
      var facts = ModelFacts()
      facts.window = model.window
      facts.maxOutput = model.maxOutput
      facts.capabilities = model.capabilities
      facts.tokenizer = model.tokenizer
      if case .embedder(let dimensions) = model.kind { facts.dimensions = dimensions }
      guard entry.doubts.isEmpty else { return facts }
      facts.prices = model.prices
      facts.source = model.source ?? "LiteLLM's price list"
      facts.date = date
      return facts
    }
    return nil
  }

  /// Whether the list says this is an embedder; nil if it does not know the model.
  func isEmbedder(_ names: [String]) -> Bool? {
    names.lazy.compactMap { entries[$0] }.first.flatMap { entry in
      entry.mode == "embedding" ? true : entry.mode == "chat" ? false : nil
    }
  }
}

extension ModelFacts {
  /// What these say, and where they say nothing, what `others` do.
  func completed(by others: ModelFacts?) -> ModelFacts {
    guard let others else { return self }
    var facts = self
    facts.window = window ?? others.window
    facts.maxOutput = maxOutput ?? others.maxOutput
    facts.capabilities = capabilities ?? others.capabilities
    facts.tokenizer = tokenizer ?? others.tokenizer
    facts.dimensions = dimensions ?? others.dimensions
    // Prices are one tariff: a file that says some of them says all that differ.
    if prices == ModelPrices() {
      facts.prices = others.prices
      facts.source = others.source
      facts.date = others.date
    } else if !isPriced {
      facts.prices = others.prices
      facts.prices.input = prices.input ?? others.prices.input
      facts.prices.output = prices.output ?? others.prices.output
      facts.prices.cachedInput = prices.cachedInput ?? others.prices.cachedInput
    }
    if let window = facts.window, let most = facts.maxOutput, most > window {
      facts.maxOutput = window
    }
    return facts
  }

  /// What a configuration itself says of a model, under the keys of LiteLLM's price list, and what of
  /// it cannot be taken; nil if none of them stands there.
  ///
  /// Each key once. What it says of abilities stands in the description, not in the facts.
  static func written(
    _ members: [SourceNode.Member], model: String, source: String
  ) -> (facts: ModelFacts, description: LiteLLMDescription)? {
    let told = members.filter { LiteLLMImport.describes($0.key) && !$0.value.isNull }
    guard !told.isEmpty else { return nil }
    var json = JSONWriter()
    json.object { json in
      for member in told where member.key != "mode" && member.key != "litellm_provider" {
        json.key(member.key)
        member.value.write(into: &json, asFlag: member.key.hasPrefix("supports_"))
      }
    }
    guard let text = try? JSONText(json.bytes) else { return nil }
    let description = LiteLLMDescription(model, text.root)
    var facts = ModelFacts()
    facts.window = description.model.window
    facts.maxOutput = description.model.maxOutput
    facts.prices = description.model.prices
    if facts.prices != ModelPrices() { facts.source = source }
    return (facts, description)
  }
}

extension SetAsideModel.Doubt {
  /// The price, as a catalog calls it.
  var price: String {
    switch self {
    case .zeroPrice(let key), .highPrice(let key): key
    case .noAddress(let provider): provider
    }
  }
}

extension ModelPrices {
  /// Takes out the prices somebody would have to confirm, and all of them where the rest does not
  /// bound the bill without those.
  mutating func leaveOutDoubtful() {
    for doubt in doubts {
      switch doubt.price {
      case "input": input = nil
      case "output": output = nil
      case "cached_input": cachedInput = nil
      case "batch_input": batchInput = nil
      case "batch_output": batchOutput = nil
      default:
        self = ModelPrices()
        return
      }
    }
  }
}

extension SourceNode {
  /// As JSON, with a number where Python reads one, and a flag where one is meant.
  fileprivate func write(into json: inout JSONWriter, asFlag: Bool = false) {
    if asFlag, let bool { return json.bool(bool) }
    switch content {
    case .number, .text:
      if let number { json.raw(number.utf8) } else { json.string(text ?? "") }
    case .bool(let flag): json.bool(flag)
    case .null: json.null()
    case .list(let elements):
      json.array { json in
        for element in elements { element.write(into: &json) }
      }
    case .object(let members):
      json.object { json in
        for member in members {
          json.key(member.key)
          member.value.write(into: &json)
        }
      }
    }
  }
}
