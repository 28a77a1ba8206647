import Foundation

/// What an answer out of the exact cache takes, as the gateway's callers meet it: one request, again and
/// again, of which the first alone reaches a provider.
enum CachedHitBench {
  private static let rounds = 5

  static func run(_ report: inout Report) {
    guard let rung = ProcessInfo.processInfo.environment["RUNG"],
      let wrk = Program.find("wrk"), let nginx = Program.find("nginx")
    else {
      return print("hits through the gateway: RUNG, wrk or nginx is missing, nothing was measured")
    }
    do {
      let site = try BenchSite(nginx: nginx, rung: rung)
      defer { site.close() }
      try measure(site, Wrk(program: wrk, script: site.script), &report)
    } catch {
      print("hits through the gateway: \(error)")
    }
  }

  private static func measure(
    _ site: BenchSite, _ wrk: Wrk, _ report: inout Report
  ) throws(BenchProblem) {
    let upstream = try site.serveUpstream()
    let recorded = try site.serveGateway(
      port: upstream.port, path: "/v1", ledger: true, policy: "cached")
    let unrecorded = try site.serveGateway(
      port: upstream.port, path: "/v1", ledger: false, policy: "cached")
    for one in [recorded, unrecorded] { try one.answerOnce(site.body, site.headers) }
    // Whatever is not in the cache by now fails from here on.
    upstream.process.end()
    var times: (recorded: [Double], unrecorded: [Double], rates: [Double]) = ([], [], [])
    for _ in 0..<rounds {
      let (rate, processor) = try GatewayBench.cost(recorded, wrk)
      times.rates.append(rate)
      times.recorded.append(processor)
      times.unrecorded.append(try GatewayBench.cost(unrecorded, wrk).processor)
    }
    report.add("hit through the gateway, processor time", times.recorded.median, "µs", atMost: 45)
    report.add("  without the ledger", times.unrecorded.median, "µs")
    report.add("hits through the gateway, 16 connections", times.rates.median, "/s")
  }
}
