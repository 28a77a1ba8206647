import HTTPTypes
import JSONWriting

/// `POST /admin/reload`: takes what is on disk, once nobody writes to it, or says why not.
struct ReloadHandler: Sendable {
  let reloader: PolicyReloader

  func answer(_ exchange: Exchange) async {
    switch await reloader.reload(.request) {
    case .taken(let version): await say(exchange, version, isNew: true)
    case .same(let version): await say(exchange, version, isNew: false)
    case .failed(let failure):
      await exchange.refuse(
        APIProblem(
          422, "invalid_request_error", code: "policy_not_compiled",
          "the version before goes on: \(failure.summary)"))
    }
  }

  private func say(_ exchange: Exchange, _ version: String, isNew: Bool) async {
    var json = JSONWriter()
    json.object { json in
      json.member("policy", version)
      json.member("changed", isNew)
    }
    await exchange.answer(200, json.bytes, headers: [.rungPolicy: version])
  }
}
