import CBareCurl
import Dispatch
import HTTPUpstream
import StandInProvider
import Synchronization

/// A call to a provider, beside the same call made by a bare loop of C over libcurl.
///
/// Both talk to the stand-in in this process, over one kept connection, in turns; what the provider
/// itself takes is in both figures and falls out of their difference.
enum CallBench {
  private static let rounds = 7
  private static let calls = 500

  private static let body = Array(
    #"{"model":"qwen3-8b","messages":[{"role":"user","content":"How do I reset my password?"}]}"#
      .utf8)

  private struct Figures: Sendable {
    var bare: [Double] = []
    var whole: [Double] = []
    var streamed: [Double] = []
  }

  static func run(_ report: inout Report) {
    let figures = Mutex(Figures?.none)
    let isDone = DispatchSemaphore(value: 0)
    // On the pool of threads where a gateway's calls begin, not on the main thread.
    Task.detached {
      let measured = await measure()
      figures.withLock { $0 = measured }
      isDone.signal()
    }
    isDone.wait()
    guard let measured = figures.withLock({ $0 }) else {
      return print("the stand-in does not start")
    }
    let base = median(measured.bare)
    report.add("call, a bare C loop over libcurl", base / 1000, "µs")
    report.add(
      "call, added by HTTPUpstream", (median(measured.whole) - base) / 1000, "µs", atMost: 100)
    report.add(
      "call, added by HTTPUpstream as a stream", (median(measured.streamed) - base) / 1000, "µs",
      atMost: 100)
  }

  private static func measure() async -> Figures? {
    guard let standIn = try? await StandIn.start() else { return nil }
    let upstream = HTTPUpstream()
    let url = standIn.address + "/chat/completions"
    var figures = Figures()
    for _ in 0..<rounds {
      figures.bare.append(median(bareCalls(url)))
      figures.whole.append(median(await wholeCalls(url, upstream)))
      figures.streamed.append(median(await streamedCalls(url, upstream)))
    }
    upstream.shutdown()
    await standIn.stop()
    return figures
  }

  private static func bareCalls(_ url: String) -> [Double] {
    var times = [Double](repeating: 0, count: calls)
    let answered = unsafe body.withUnsafeBytes { bytes in
      unsafe times.withUnsafeMutableBufferPointer { times in
        unsafe bare_curl_post(
          url, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, Int32(times.count),
          times.baseAddress)
      }
    }
    return Array(times.prefix(Int(answered)))
  }

  private static func wholeCalls(_ url: String, _ upstream: HTTPUpstream) async
    -> [Double]
  {
    var times: [Double] = []
    for _ in 0..<calls {
      let start = ContinuousClock.now
      guard let answer = try? await upstream.sendWhole(request(url)), answer.status == 200 else {
        break
      }
      times.append(nanoseconds(since: start))
    }
    return times
  }

  private static func streamedCalls(_ url: String, _ upstream: HTTPUpstream) async
    -> [Double]
  {
    var times: [Double] = []
    for _ in 0..<calls {
      let start = ContinuousClock.now
      guard let answer = try? await upstream.send(request(url)), answer.status == 200,
        let bytes = try? await answer.body.collect(), !bytes.isEmpty
      else { break }
      times.append(nanoseconds(since: start))
    }
    return times
  }

  private static func request(_ url: String) -> UpstreamRequest {
    UpstreamRequest(
      .post, url, headers: [UpstreamHeader("Content-Type", "application/json")], body: body)
  }

  private static func nanoseconds(since start: ContinuousClock.Instant) -> Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) * 1e9 + Double(attoseconds) / 1e9
  }

  private static func median(_ times: [Double]) -> Double {
    times.isEmpty ? .infinity : times.sorted()[times.count / 2]
  }
}
