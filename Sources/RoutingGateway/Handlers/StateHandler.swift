import JSONWriting

/// `/healthz`: the process answers.
///
/// `/readyz`: it takes requests.
struct StateHandler: Sendable {
  let shelf: PolicyShelf
  let doors: Doors

  func health(_ exchange: Exchange) async {
    var json = JSONWriter()
    json.object { json in json.member("status", "ok") }
    await exchange.answer(200, json.bytes)
  }

  func readiness(_ exchange: Exchange) async {
    var json = JSONWriter()
    let isOpen = doors.areOpen
    json.object { json in
      json.member("status", isOpen ? "ready" : "stopping")
      json.member("policy", shelf.policy.version)
    }
    await exchange.answer(isOpen ? 200 : 503, json.bytes)
  }
}
