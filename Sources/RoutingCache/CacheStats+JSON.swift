package import JSONWriting
import PolicyUnits
import RoutingBudgets

extension CacheStats {
  /// As one object, its routes by name.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("entries", entries)
      json.member("bytes", bytes)
      json.member("hits", hits)
      json.member("misses", misses)
      json.member("questions", questions)
      json.member("similar_hits", similarHits)
      json.object("memory") { json in
        json.member("entries", memoryEntries)
        json.member("bytes", memoryBytes)
      }
      json.member("unwritten", unwritten)
      json.array("routes") { json in
        for route in routes {
          json.object { json in
            json.member("route", route.route)
            json.member("entries", route.entries)
            json.member("bytes", route.bytes)
            json.member("hits", route.hits)
            json.member("misses", route.misses)
            json.member("questions", route.questions)
            json.member("similar_hits", route.similarHits)
          }
        }
      }
    }
  }
}

extension StoredAnswer {
  /// As one object, with the answer as it was kept.
  package func write(to json: inout JSONWriter) {
    let origin = answer.origin
    json.object { json in
      json.member("key", key.digest.description)
      json.member("request", origin.request.description)
      json.member("route", origin.route)
      json.member("tenant", orNull: origin.tenant)
      json.member("model", origin.model)
      json.member("cost_nanos", orNull: origin.cost?.nanos)
      json.member("currency", origin.currency)
      json.member("stored_ms", answer.stored.milliseconds)
      json.member("expiry_ms", answer.expiry.milliseconds)
      json.member("answer", raw: answer.body)
    }
  }
}
