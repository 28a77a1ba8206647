import HTTPTypes
import JSONReading
import JSONWriting
import RoutingBudgets
import RoutingCache
import RoutingService

/// `GET /admin/cache`: how much the cache holds; `GET /admin/cache/answers/NAME`: the answers of a
/// request, or under a key; `POST /admin/cache/purge`: makes it forget.
struct CacheHandler: Sendable {
  let clock: @Sendable () -> Timestamp

  func stats(_ exchange: Exchange) async {
    await answer(exchange) { store throws(CacheFailure) in
      let stats = try await store.stats()
      var json = JSONWriter()
      stats.write(to: &json)
      return json.bytes
    }
  }

  func answers(_ exchange: Exchange) async {
    await answer(exchange) { store throws(CacheFailure) in
      let found =
        if let request = RequestID(exchange.rest) {
          try await store.answers(to: request)
        } else {
          try await store.answers(keyed: exchange.rest) ?? []
        }
      var json = JSONWriter()
      json.object { json in
        json.array("answers") { json in for answer in found { answer.write(to: &json) } }
      }
      return json.bytes
    }
  }

  /// When it is answered, no answer that matched is given out by this gateway any more.
  func purge(_ exchange: Exchange) async {
    let purge: CachePurge
    do throws(APIProblem) {
      purge = try Self.purge(exchange.body, at: clock())
    } catch {
      return await exchange.refuse(error)
    }
    await answer(exchange) { store throws(CacheFailure) in
      let count = try await store.purge(purge)
      var json = JSONWriter()
      json.object { json in json.member("purged", count) }
      return json.bytes
    }
  }

  private func answer(
    _ exchange: Exchange, _ body: (AnswerStore) async throws(CacheFailure) -> [UInt8]
  ) async {
    guard let store = exchange.policy.service.answers else {
      return await exchange.refuse(
        APIProblem(404, "invalid_request_error", code: "no_cache", "this gateway has no cache"))
    }
    do throws(CacheFailure) {
      await exchange.answer(200, try await body(store))
    } catch {
      await exchange.refuse(
        APIProblem(500, "server_error", code: "cache_unavailable", error.description))
    }
  }

  /// `{"route": …, "tenant": …, "model": …, "older_seconds": …}`, or `{"all": true}`.
  static func purge(
    _ body: [UInt8], at now: Timestamp
  ) throws(APIProblem) -> CachePurge {
    let usage =
      "name what to forget: `route`, `tenant`, `model`, `older_seconds`, or `all: true`"
    func refusal(_ words: String) -> APIProblem {
      APIProblem(400, "invalid_request_error", code: "invalid_purge", words)
    }
    guard let json = try? JSONText(body), json.root.kind == .object else { throw refusal(usage) }
    var purge = CachePurge()
    var isAll = false
    for (key, value) in json.root.members where !value.isNull {
      switch (key.string, value.string, value.integer) {
      case ("route", let name?, _): purge.route = name
      case ("tenant", let name?, _): purge.tenant = name
      case ("model", let name?, _): purge.model = name
      case ("older_seconds", _, let seconds?) where (0...3_155_760_000).contains(seconds):
        purge.before = Timestamp(milliseconds: now.milliseconds - seconds * 1000)
      case ("all", _, _): isAll = value.bool == true
      default: throw refusal("`\(key.string ?? "")` does not say what to forget: \(usage)")
      }
    }
    guard (purge == CachePurge()) == isAll else { throw refusal(usage) }
    return purge
  }
}
