package import OpenAIWire
package import PolicyGraph
package import RoutingBudgets
package import RoutingRequests

/// Why a request is not even asked.
package enum RequestProblem: Error, Hashable, Sendable {
  case fact(FactProblem)
  /// More than one answer, and a gate that asks others about each.
  case choices(Int64, gate: String)
  /// Numbers of tokens in the place of texts, which no guard can read.
  case unreadableTokens
  /// A part or a field that no figure would cover.
  case content(UnboundedContent)
  /// It asks for writes to the provider's cache, and no price says what they cost with this model.
  case cacheWrites(model: String)
  /// A budget binds what nobody can bound.
  case unbounded(UnboundedClaim)
  /// The key was used with another body.
  case keyOfAnotherBody
  /// The request the key was used for first never ended: nobody knows what its provider did.
  case keyLost
  /// It wanted an answer that was given before, by what stands in these places, and there is none.
  case notCached([CacheControls.Place], CacheUse)
  /// What only a ledger can do, and there is none.
  case needsLedger(String)

  /// What no bound on cost would cover.
  package static func unbounded(_ request: ChatRequest) -> RequestProblem? {
    UnboundedContent(request).map(RequestProblem.content)
  }

  /// The stable word of the row.
  var reason: String {
    switch self {
    case .fact(.missing(let fact)): "fact \(fact.name)"
    case .fact(.outsideType(let fact, _)): "fact \(fact.name)"
    case .fact(.textTooLong): "text_too_long"
    case .choices: "choices"
    case .unreadableTokens: "unreadable_tokens"
    case .content(.media(let kind)): "media \(kind)"
    case .content(.pricedField(let field)): "priced_field \(field)"
    case .content(.routingField(let field)): "routing_field \(field)"
    case .cacheWrites(let model): "cache_control \(model)"
    case .unbounded(let claim): "unbounded \(claim.budget)"
    case .keyOfAnotherBody: "idempotency_key_reused"
    case .keyLost: "idempotency_key_lost"
    case .notCached: "not_cached"
    case .needsLedger: "needs_ledger"
    }
  }
}

extension RequestProblem: CustomStringConvertible {
  /// One line that names the place and the cure.
  package var description: String {
    switch self {
    case .fact(let problem): "\(problem)"
    case .choices(let count, let gate):
      "`n` asks for \(count) answers, and gate `\(gate)` asks a model or a service about each: ask "
        + "for one"
    case .unreadableTokens:
      "`input` comes as numbers of tokens, which the policy's guards cannot read: send texts"
    case .content(let problem): "\(problem)"
    case .cacheWrites(let model):
      "`cache_control` asks `\(model)` to write to its cache, and under a budget that needs a price: "
        + "give the model `cache_write` and `cache_write_long` in the catalog, or leave it out"
    case .unbounded(let claim): "\(claim)"
    case .keyOfAnotherBody:
      "the idempotency key was used with another body: send the same request, or another key"
    case .keyLost:
      "the request this idempotency key was used for never ended, and may have been billed: "
        + "to ask again, send a new key"
    case .notCached(let places, let use):
      "\(Self.sayers(places)) `only-if-cached`, and "
        + (use == .none ? "the route has no cache" : "no such answer is in the cache")
        + ": leave it out to have the model asked"
    case .needsLedger(let what): "\(what) needs the ledger: leave out --no-ledger"
    }
  }

  private static func sayers(_ places: [CacheControls.Place]) -> String {
    let names = places.map { $0 == .body ? "`cache`" : "the header `cache-control`" }
    return names.joined(separator: " and ") + (names.count == 1 ? " says" : " say")
  }
}
