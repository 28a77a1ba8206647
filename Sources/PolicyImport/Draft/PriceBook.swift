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

  /// What a configuration itself says of a model, under the keys of LiteLLM's price list.
  ///
  /// Nil if none of them stands there.
  static func written(
    _ members: [SourceNode.Member], model: String, source: String
  ) throws(ImportRefusal) -> ModelFacts? {
    let told = members.filter { LiteLLMImport.describes($0.key) && !$0.value.isNull }
    guard !told.isEmpty else { return nil }
    var json = JSONWriter()
    json.object { json in
      for member in told where member.key != "mode" && member.key != "litellm_provider" {
        json.key(member.key)
        switch member.value.content {
        case .number(let text): json.raw(text.utf8)
        case .bool(let flag): json.bool(flag)
        case .text(let text): json.string(text)
        case .object, .list, .null: json.null()
        }
      }
    }
    guard let text = try? JSONText(json.bytes) else { return nil }
    let draft = try LiteLLMImport.described(model, word: model, text.root)
    var facts = ModelFacts()
    facts.window = draft.window
    facts.maxOutput = draft.maxOutput
    if told.contains(where: { $0.key.hasPrefix("supports_") }) {
      facts.capabilities = draft.capabilities
    }
    facts.prices = draft.prices
    if draft.prices != ModelPrices() { facts.source = source }
    return facts
  }
}
