import Foundation

/// The gateway as its callers meet it, beside nginx as a plain reverse proxy in the same run.
///
/// wrk asks; an nginx answers every call with one fixed completion of 550 bytes. The policy has a
/// hundred routes, its ladder has no gate, the ledger is crash-safe. A plain proxy of the gateway's
/// own libraries stands beside them: what it takes, no gateway made of them can save. Every figure is the median of
/// several rounds, in which all programs take turns, so that what else the machine does falls on all
/// of them.
enum GatewayBench {
  private static let rounds = 5

  static func run(_ report: inout Report) {
    guard let rung = ProcessInfo.processInfo.environment["RUNG"] else {
      return print("gateway: RUNG names no program, nothing was measured")
    }
    guard let wrk = Program.find("wrk"), let nginx = Program.find("nginx") else {
      let missing = ["wrk", "nginx"].filter { Program.find($0) == nil }.joined(separator: " and ")
      return print("gateway: \(missing) not installed, nothing was measured (`make bench` does)")
    }
    do {
      let site = try BenchSite(nginx: nginx, rung: rung)
      defer { site.close() }
      try measure(site, Wrk(program: wrk, script: site.script), &report)
    } catch {
      print("gateway: \(error)")
    }
  }

  private static func measure(
    _ site: BenchSite, _ wrk: Wrk, _ report: inout Report
  ) throws(BenchProblem) {
    try start(site, &report)
    let upstream = try site.serveUpstream()
    let proxy = try site.serveProxy(to: upstream)
    let gateway = try site.serveGateway(upstream, ledger: true)
    let unrecorded = try site.serveGateway(upstream, ledger: false)
    let plain = try site.servePlainProxy(to: upstream)
    // What is made ready by the first requests is not what is measured.
    for one in [proxy, gateway, unrecorded, plain] {
      _ = try wrk.load(one.url, connections: 16, seconds: 1)
    }
    report.add("gateway, idle", try gateway.process.residentMiB, "MiB", atMost: 40)
    try load(gateway, proxy, plain, wrk, &report)
    try latency(gateway, unrecorded, upstream, wrk, &report)
    try StreamBench.measure(site, &report)
  }

  // MARK: Start

  private static func start(_ site: BenchSite, _ report: inout Report) throws(BenchProblem) {
    let upstream = try site.serveUpstream()
    var times: [Double] = []
    for _ in 0..<rounds {
      let start = ContinuousClock.now
      let gateway = try site.serveGateway(upstream, ledger: true)
      try gateway.answerOnce(site.body, site.headers)
      times.append(Stopwatch.milliseconds(since: start))
      gateway.process.end()
    }
    upstream.process.end()
    report.add("gateway, start to first answer", times.median, "ms", atMost: 150)
  }

  // MARK: Load

  private static func load(
    _ gateway: Served, _ proxy: Served, _ plain: Served, _ wrk: Wrk, _ report: inout Report
  ) throws(BenchProblem) {
    var rates: [Double] = []
    var proxied: [Double] = []
    var ratios: [Double] = []
    var processor: [Double] = []
    var proxyProcessor: [Double] = []
    var plainRates: [Double] = []
    var plainProcessor: [Double] = []
    for _ in 0..<rounds {
      let theirs = try cost(proxy, wrk)
      let libraries = try cost(plain, wrk)
      let ours = try cost(gateway, wrk)
      plainRates.append(libraries.rate)
      plainProcessor.append(libraries.processor)
      proxied.append(theirs.rate)
      rates.append(ours.rate)
      ratios.append(ours.rate / theirs.rate)
      proxyProcessor.append(theirs.processor)
      processor.append(ours.processor)
    }
    report.add("nginx as reverse proxy, 16 connections", proxied.median, "/s")
    report.add("Hummingbird and libcurl as a plain proxy", plainRates.median, "/s")
    report.add("gateway, 16 connections", rates.median, "/s")
    report.add("  of nginx's", ratios.median * 100, "%", atLeast: 45)
    report.add("nginx, processor time of a request", proxyProcessor.median, "µs")
    report.add("Hummingbird and libcurl, processor time", plainProcessor.median, "µs")
    report.add("gateway, processor time of a request", processor.median, "µs", atMost: 45)
    report.add("gateway, memory after this", try gateway.process.residentMiB, "MiB", atMost: 80)
  }

  static func cost(
    _ served: Served, _ wrk: Wrk
  ) throws(BenchProblem) -> (rate: Double, processor: Double) {
    let before = try served.process.processorSeconds
    let answers = try wrk.load(served.url, connections: 16, seconds: 3)
    let spent = try served.process.processorSeconds - before
    return (answers.rate, spent * 1e6 / Double(answers.count))
  }

  // MARK: Latency

  private static func latency(
    _ gateway: Served, _ unrecorded: Served, _ upstream: Served, _ wrk: Wrk,
    _ report: inout Report
  ) throws(BenchProblem) {
    var without: [Double] = []
    var with: [Double] = []
    for _ in 0..<rounds {
      let direct = try wrk.load(upstream.url, connections: 1, seconds: 1).median
      without.append(try wrk.load(unrecorded.url, connections: 1, seconds: 1).median - direct)
      with.append(try wrk.load(gateway.url, connections: 1, seconds: 1).median - direct)
    }
    report.add("gateway, added to the median, no ledger", without.median, "µs", atMost: 70)
    report.add("  with the ledger: plus its commits", with.median, "µs")
  }
}

extension [Double] {
  /// The middle one; infinite if there is none.
  var median: Double { isEmpty ? .infinity : sorted()[count / 2] }
}
