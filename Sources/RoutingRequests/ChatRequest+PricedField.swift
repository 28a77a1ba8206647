import JSONReading
import OpenAIWire

extension ChatRequest {
  /// The first field of the request that providers bill beside the tokens, or at other prices.
  ///
  /// Such a field is passed on byte for byte, so its bill would pass every bound unseen: faster and
  /// slower service at other prices, searches by the piece, answers other than text, answers made
  /// several times over, tools the provider runs.
  var pricedField: String? {
    guard mayNamePricedField else { return nil }
    let fields = json.root
    if let tier = fields["service_tier"], !tier.isNull,
      !(tier.string.map(Self.usualTiers.contains) ?? false)
    {
      return "service_tier"
    }
    if let kinds = fields["modalities"], kinds.elements.contains(where: { $0.string != "text" }) {
      return "modalities"
    }
    if let count = fields["best_of"], !count.isNull, count.integer != 1 { return "best_of" }
    for name in Self.searches {
      if let value = fields[named: name], value.asksForSomething { return name }
    }
    return providersTool
  }

  /// Whether any member has one of the names below: most requests have none, and one look at each
  /// key tells.
  private var mayNamePricedField: Bool {
    let json = json
    let root = json.root.asNode
    guard json.isObject(root) else { return false }
    var key = json.first(in: root)
    while json.contains(key, in: root) {
      if json.number(of: key, in: Self.names) != nil { return true }
      key = json.after(json.valueOfKey(key))
    }
    return false
  }

  private static let names = JSONNames(
    ["service_tier", "modalities", "best_of", "tools"] + searches)

  /// The first tool its provider runs itself: billed by use, and what it finds is read as input that
  /// no bound on the bytes sent covers.
  private var providersTool: String? {
    guard let tools = json.root["tools"] else { return nil }
    for (index, tool) in tools.elements.enumerated() {
      guard let type = tool["type"]?.string else { continue }
      if type != "function", type != "custom" { return "tools[\(index)]" }
    }
    return nil
  }

  /// What a caller gets who names no tier, as providers spell it.
  private static let usualTiers: Set<String> = [
    "auto", "default", "standard", "standard_only", "on_demand",
  ]

  /// OpenAI's, xAI's, Alibaba's and OpenRouter's names for searches.
  private static let searches = [
    "web_search_options", "search_parameters", "enable_search", "plugins",
  ]
}
