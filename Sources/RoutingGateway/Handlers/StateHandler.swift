import JSONWriting
import PolicyExplain

/// `/healthz`: the process answers.
///
/// `/readyz`: it takes requests, and what it serves.
struct StateHandler: Sendable {
  let shelf: PolicyShelf
  let underWay: RequestsUnderWay

  func health(_ exchange: Exchange) async {
    var json = JSONWriter()
    json.object { json in json.member("status", "ok") }
    await exchange.answer(200, json.bytes)
  }

  /// Ready while it takes requests; a policy that could not be reloaded is told of, and the one
  /// before serves on.
  func readiness(_ exchange: Exchange) async {
    let history = shelf.history
    let isStopping = underWay.isStopping
    var json = JSONWriter()
    json.object { json in
      json.member("status", isStopping ? "stopping" : "ready")
      json.object("policy") { json in
        json.member("version", shelf.policy.version)
        json.member("path", shelf.policy.explainer.path)
        json.member("reloads", history.reloads)
        json.member("failed_reloads", history.failures)
        json.member("reload_failure", orNull: history.failure?.summary)
      }
      json.member("under_way", underWay.count)
    }
    await exchange.answer(isStopping ? 503 : 200, json.bytes)
  }
}
