import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// What the gateway does to streams: how much later the first byte comes, and what a thousand open
/// ones cost it.
enum StreamBench {
  private static let streams = 1_000
  private static let times = 400

  static func measure(_ site: BenchSite, _ report: inout Report) throws(BenchProblem) {
    let upstream = try site.serveUpstream()
    let gateway = try site.serveGateway(upstream, path: "/stream", ledger: true)
    let body = site.body.replacing(#""max_tokens""#, with: #""stream":true,"max_tokens""#)
    var added: [Double] = []
    for _ in 0..<5 {
      let direct = try firstBytes(of: upstream, "/stream/chat/completions", body, site.headers)
      let through = try firstBytes(of: gateway, "/v1/chat/completions", body, site.headers)
      added.append(through - direct)
    }
    report.add("gateway, added to the first streamed byte", added.median, "µs", atMost: 300)
    try open(site, body, &report)
  }

  /// The median time from a request to the first byte of its stream, in microseconds.
  private static func firstBytes(
    of served: Served, _ path: String, _ body: String, _ headers: [(String, String)]
  ) throws(BenchProblem) -> Double {
    let socket = try BenchSocket(to: served.port)
    let request = served.request(path, body, headers)
    var found: [Double] = []
    for _ in 0..<times {
      let start = ContinuousClock.now
      try socket.send(request)
      let first = try socket.receive(until: "data: ")
      found.append(Stopwatch.milliseconds(since: start) * 1000)
      guard first.hasPrefix("HTTP/1.1 200") else {
        throw BenchProblem("a stream began with \(first.prefix(80))")
      }
      let isChunked = first.lowercased().contains("transfer-encoding: chunked")
      try socket.receive(until: isChunked ? "\r\n0\r\n\r\n" : "[DONE]", after: first)
    }
    return found.median
  }

  private static func open(
    _ site: BenchSite, _ body: String, _ report: inout Report
  ) throws(BenchProblem) {
    guard let held = HeldStreams() else { throw BenchProblem("no server for open streams") }
    defer { held.stop() }
    let gateway = try site.serveGateway(port: held.port, path: "/v1", ledger: true)
    var callers: [BenchSocket] = []
    for _ in 0..<streams {
      let caller = try BenchSocket(to: gateway.port)
      try caller.send(gateway.request("/v1/chat/completions", body, site.headers))
      try caller.receive(until: "data: ")
      callers.append(caller)
    }
    report.add(
      "gateway, memory with \(callers.count) open streams", try gateway.process.residentMiB,
      "MiB", atMost: 120)
  }
}

/// A provider whose every answer is the first chunk of a stream, and then nothing.
private final class HeldStreams: Sendable {
  let port: UInt16
  private let socket: Int32

  init?() {
    guard let (socket, port) = FreePort.listening(queue: 1_024) else { return nil }
    self.socket = socket
    self.port = port
    Task.detached { [socket] in Self.serve(socket) }
  }

  func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

  private static func serve(_ socket: Int32) {
    var callers: [BenchSocket] = []
    let start =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
    let chunk = BenchSite.opening
    let size = String(chunk.utf8.count, radix: 16)
    while true {
      let taken = accept(socket, nil, nil)
      guard taken >= 0 else { break }
      let caller = BenchSocket(taking: taken)
      guard (try? caller.receive(until: "\"stream\"")) != nil,
        (try? caller.send("\(start)\(size)\r\n\(chunk)\r\n")) != nil
      else { continue }
      callers.append(caller)
    }
    close(socket)
  }
}
