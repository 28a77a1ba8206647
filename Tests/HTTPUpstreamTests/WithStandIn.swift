import HTTPUpstream
import StandInProvider
import Testing

/// Runs a test against a stand-in of its own and ends both sides afterwards.
func withStandIn(
  host: String = "127.0.0.1", _ script: Script = Script(),
  configuration: HTTPUpstream.Configuration = .init(),
  _ test: (StandIn, HTTPUpstream) async throws -> Void
) async throws {
  let standIn = try await StandIn.start(host: host, script: script)
  let upstream = HTTPUpstream(configuration: configuration)
  do {
    try await test(standIn, upstream)
  } catch {
    upstream.shutdown()
    await standIn.stop()
    throw error
  }
  upstream.shutdown()
  await standIn.stop()
}

extension StandIn {
  /// A chat call to this stand-in.
  func call(
    _ question: String = "How do I reset my password?", fault: Fault? = nil, delay: Int? = nil,
    streams: Bool = false, headers: [UpstreamHeader] = [],
    deadlines: UpstreamDeadlines = UpstreamDeadlines(), limits: UpstreamLimits = UpstreamLimits()
  ) -> UpstreamRequest {
    var headers = headers
    headers.append(UpstreamHeader("Content-Type", "application/json"))
    if let fault { headers.append(UpstreamHeader("x-standin-fault", fault.name)) }
    if let delay { headers.append(UpstreamHeader("x-standin-delay", "\(delay)")) }
    let body =
      #"{"model":"m","stream":\#(streams),"messages":[{"role":"user","content":"\#(question)"}]}"#
    return UpstreamRequest(
      .post, address + "/chat/completions", headers: headers, body: Array(body.utf8),
      deadlines: deadlines, limits: limits)
  }

  /// Waits until the stand-in has been called so often.
  func calls(_ count: Int) async throws {
    while stats.calls < count { try await ContinuousClock().sleep(for: .milliseconds(2)) }
  }

  /// Waits until the stand-in has seen so many connections closed under an answer; returns how long
  /// that took, or nil after ten seconds.
  func hangUps(_ count: Int) async throws -> Duration? {
    let clock = ContinuousClock()
    let start = clock.now
    while clock.now - start < .seconds(10) {
      if stats.hangUps >= count { return clock.now - start }
      try await clock.sleep(for: .milliseconds(2))
    }
    return nil
  }
}

/// What became of a call.
enum Outcome: Hashable {
  case answered(Int)
  case failed(UpstreamFailure)
}

extension HTTPUpstream {
  func outcome(of request: UpstreamRequest) async -> Outcome {
    do throws(UpstreamFailure) {
      return .answered(try await sendWhole(request).status)
    } catch {
      return .failed(error)
    }
  }
}

/// Shows the figures a process of its own has printed.
func report(_ result: ExitTest.Result?) {
  guard let result else { return }
  let lines = String(decoding: result.standardOutputContent, as: UTF8.self).split(separator: "\n")
  for line in lines where line.hasPrefix("measured: ") { print(line) }
}
