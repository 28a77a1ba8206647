import PolicySemantics
import PolicyUnits
package import RoutingCatalog

/// One value a catalog says, as text and, for a price, as the integer it is.
struct CatalogField: Hashable {
  let key: String
  let text: String
  let bearing: FieldBearing
  let magnitude: Int64?
  let isPrice: Bool

  /// The key of what keeps a model back.
  static let doubt = "set aside"
  static let balance = "balance"

  init(_ key: String, _ text: String, _ bearing: FieldBearing) {
    self.key = key
    self.text = text
    self.bearing = bearing
    magnitude = nil
    isPrice = false
  }

  init(_ row: PriceRow) {
    key = row.key
    text = row.text
    bearing = .decision
    magnitude = row.magnitude
    isPrice = true
  }
}

/// What a value of the catalog has to do with a request.
package enum FieldBearing: Hashable, Sendable {
  /// What is decided hangs on it: which calls a request gets and what they may cost.
  case decision
  /// What is decided does not; where a call goes does, or how it is made, or what its answer is
  /// said to have used.
  case call
  /// Neither does: it is measured or noted of the model, and told.
  case record
}

extension DescribedModel {
  /// Everything the catalog says of the model but prices and doubts, as keys and texts.
  package var facts: [(key: String, text: String)] {
    fields.filter { !$0.isPrice && $0.key != CatalogField.doubt }.map { ($0.key, $0.text) }
  }

  /// Everything the catalog says of the model; what it does not say is not there.
  var fields: [CatalogField] {
    var fields = calling.deployments.fields
    func add(_ key: String, _ bearing: FieldBearing, _ text: String?) {
      if let text { fields.append(CatalogField(key, text, bearing)) }
    }
    if calling.balance != .weighted { add(CatalogField.balance, .call, calling.balance.rawValue) }
    add(
      "cooldown", .call,
      calling.cooldown.map { "after \($0.failures) failures for \(Amounts.text($0.pause))" })
    add("window", .decision, entry.window.map(Amounts.grouped))
    add("max_output", .decision, entry.maxOutput.map(Amounts.grouped))
    add(
      "capabilities", .decision,
      entry.capabilities.map(\.rawValue).sorted().joined(separator: ", "))
    if !entry.tags.isEmpty { add("tags", .decision, entry.tags.joined(separator: ", ")) }
    add("tokenizer", .decision, entry.tokenizer.rawValue)
    add("latency_p50", .record, entry.latencyP50.map(Amounts.text))
    add("quality", .record, entry.quality.map(Amounts.text))
    add(
      "acceptance", .record,
      entry.acceptance.map { "\(Amounts.text($0.share)) (\($0.source))" })
    fields += entry.prices.rows.map(CatalogField.init)
    add("date", .record, calling.priceDate.map(\.text))
    add("source", .record, calling.priceSource)
    add(CatalogField.doubt, .decision, doubts.isEmpty ? nil : doubts.reason)
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
    func add(_ key: String, _ bearing: FieldBearing, _ text: String?) {
      if let text { fields.append(CatalogField(key, text, bearing)) }
    }
    add("dimensions", .call, calling.dimensions.map(Amounts.grouped))
    fields += ModelPrices(input: entry.price).rows.map(CatalogField.init)
    add("date", .record, calling.priceDate.map(\.text))
    add("source", .record, calling.priceSource)
    add(CatalogField.doubt, .decision, doubts.isEmpty ? nil : doubts.reason)
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
      return CatalogField(key, words.joined(separator: " "), .call)
    }
  }
}

extension Catalog {
  /// Providers with what the file says of them, those without an address last.
  var providerFields: [(name: String, fields: [CatalogField])] {
    providers.map { ($0.name, $0.fields) }
      + withoutAddress.map { ($0, [CatalogField("base_url", "fill_in", .call)]) }
  }
}

extension Provider {
  fileprivate var fields: [CatalogField] {
    // All of it is about calls: a decision knows a provider by its name alone.
    var fields = [CatalogField("base_url", baseURL, .call)]
    func add(_ key: String, _ text: String?) {
      if let text { fields.append(CatalogField(key, text, .call)) }
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
