package import PolicySemantics
package import PolicyUnits

/// One price of a model under its key, as an integer: what tables show and differences compare.
package struct PriceRow: Hashable, Sendable {
  /// As the catalog writes it; steps as `input above 200,000`.
  package let key: String
  package let amount: Amount

  package enum Amount: Hashable, Sendable {
    case perToken(Price)
    case perRequest(Money)
    /// A rule instead of a price.
    case rule(String)
  }

  /// A decimal per million tokens, or per request, exactly.
  package var text: String {
    switch amount {
    case .perToken(let price): Amounts.decimal(price.picosPerToken, scale: 6)
    case .perRequest(let money): Amounts.decimal(money.nanos, scale: 9)
    case .rule(let word): word
    }
  }

  /// In the catalog's smallest unit; nil for a rule.
  package var magnitude: Int64? {
    switch amount {
    case .perToken(let price): price.picosPerToken
    case .perRequest(let money): money.nanos
    case .rule: nil
    }
  }
}

extension ModelPrices {
  /// The prices that are known, in the order a catalog writes them.
  package var rows: [PriceRow] {
    var rows: [PriceRow] = []
    func add(_ key: String, _ price: Price?) {
      if let price { rows.append(PriceRow(key: key, amount: .perToken(price))) }
    }
    add("input", input)
    add("output", output)
    add("cached_input", cachedInput)
    add("cache_write", cacheWrite)
    add("cache_write_long", cacheWriteLong)
    add("reasoning", reasoning)
    add("batch input", batchInput)
    add("batch output", batchOutput)
    switch batchCachedInput {
    case .price(let price): add("batch cached_input", price)
    case .stacks: rows.append(PriceRow(key: "batch cached_input", amount: .rule("stacks")))
    case .some(.none): rows.append(PriceRow(key: "batch cached_input", amount: .rule("none")))
    case nil: break
    }
    if let perRequest {
      rows.append(PriceRow(key: "per_request", amount: .perRequest(perRequest)))
    }
    for step in longContext {
      let above = Amounts.grouped(step.threshold)
      let end = step.appliesToWholeRequest ? "" : ", for the rest"
      add("input above \(above)\(end)", step.input)
      add("output above \(above)\(end)", step.output)
      add("cached_input above \(above)\(end)", step.cachedInput)
      add("cache_write above \(above)\(end)", step.cacheWrite)
      add("cache_write_long above \(above)\(end)", step.cacheWriteLong)
    }
    return rows
  }
}
