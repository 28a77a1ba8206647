import PolicySemantics
import PolicyUnits
package import RoutingCatalog

/// One value a catalog says, as text and, for a price, as the integer it is.
struct CatalogField: Hashable {
  let key: String
  let text: String
  let magnitude: Int64?
  let isPrice: Bool

  /// The key of what keeps a model back.
  static let doubt = "set aside"

  init(_ key: String, _ text: String) {
    self.key = key
    self.text = text
    magnitude = nil
    isPrice = false
  }

  init(_ row: PriceRow) {
    key = row.key
    text = row.text
    magnitude = row.magnitude
    isPrice = true
  }
}

extension DescribedModel {
  /// Everything the catalog says of the model but prices and doubts, as keys and texts.
  package var facts: [(key: String, text: String)] {
    fields.filter { !$0.isPrice && $0.key != CatalogField.doubt }.map { ($0.key, $0.text) }
  }

  /// Everything the catalog says of the model; what it does not say is not there.
  var fields: [CatalogField] {
    var fields = calling.deployments.fields
    func add(_ key: String, _ text: String?) {
      if let text { fields.append(CatalogField(key, text)) }
    }
    if calling.balance != .weighted { add("balance", calling.balance.rawValue) }
    add(
      "cooldown",
      calling.cooldown.map { "after \($0.failures) failures for \(Amounts.text($0.pause))" })
    add("window", entry.window.map(Amounts.grouped))
    add("max_output", entry.maxOutput.map(Amounts.grouped))
    add("capabilities", entry.capabilities.map(\.rawValue).sorted().joined(separator: ", "))
    if !entry.tags.isEmpty { add("tags", entry.tags.joined(separator: ", ")) }
    add("tokenizer", entry.tokenizer.rawValue)
    add("latency_p50", entry.latencyP50.map(Amounts.text))
    add("quality", entry.quality.map(Amounts.text))
    add(
      "acceptance", entry.acceptance.map { "\(Amounts.text($0.share)) (\($0.source))" })
    fields += entry.prices.rows.map(CatalogField.init)
    add("date", calling.priceDate.map(\.text))
    add("source", calling.priceSource)
    add(CatalogField.doubt, doubts.isEmpty ? nil : doubts.reason)
    return fields
  }
}

extension DescribedEmbedder {
  /// Everything the catalog says of the embedder but its price and doubts, as keys and texts.
  package var facts: [(key: String, text: String)] {
    fields.filter { !$0.isPrice && $0.key != CatalogField.doubt }.map { ($0.key, $0.text) }
  }

  var fields: [CatalogField] {
    var fields = calling.deployments.fields
    func add(_ key: String, _ text: String?) {
      if let text { fields.append(CatalogField(key, text)) }
    }
    add("dimensions", calling.dimensions.map(Amounts.grouped))
    fields += ModelPrices(input: entry.price).rows.map(CatalogField.init)
    add("date", calling.priceDate.map(\.text))
    add("source", calling.priceSource)
    add(CatalogField.doubt, doubts.isEmpty ? nil : doubts.reason)
    return fields
  }
}

extension [UpstreamDeployment] {
  fileprivate var fields: [CatalogField] {
    enumerated().map { index, deployment in
      var words = [deployment.provider, deployment.upstream]
      if let region = deployment.region { words.append("in \(region)") }
      if count > 1 { words.append("weight \(deployment.weight)") }
      if let requests = deployment.requestsPerMinute { words.append("rpm \(requests)") }
      if let tokens = deployment.tokensPerMinute { words.append("tpm \(tokens)") }
      let key = count == 1 ? "deployment" : "deployment \(index + 1)"
      return CatalogField(key, words.joined(separator: " "))
    }
  }
}

extension Catalog {
  /// Providers with what the file says of them, those without an address last.
  var providerFields: [(name: String, fields: [CatalogField])] {
    providers.map { ($0.name, $0.fields) }
      + withoutAddress.map { ($0, [CatalogField("base_url", "fill_in")]) }
  }
}

extension Provider {
  fileprivate var fields: [CatalogField] {
    var fields = [CatalogField("base_url", baseURL)]
    func add(_ key: String, _ text: String?) {
      if let text { fields.append(CatalogField(key, text)) }
    }
    add("key_env", keyVariable)
    add("connect", timeouts.connect.map(Amounts.text))
    add("first_byte", timeouts.firstByte.map(Amounts.text))
    add("whole", timeouts.whole.map(Amounts.text))
    add("silence", timeouts.silence.map(Amounts.text))
    add("cached_tokens", usage.cachedTokens?.rawValue)
    add("reasoning_tokens", usage.reasoningTokens?.rawValue)
    add("bills_cancelled", billsCancelled.rawValue)
    return fields
  }
}
