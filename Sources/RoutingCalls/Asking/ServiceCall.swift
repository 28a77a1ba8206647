import HTTPUpstream
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// A call to a service at an address the policy names.
///
/// It gets the texts as JSON and no key, nothing in a request chooses where they go, and a redirect is
/// an answer like any other that is not 200: not followed, not read.
struct ServiceCall {
  /// The most a service may answer.
  private static let limit = 64 << 10

  let client: HTTPUpstream
  let url: String
  let role: AttemptRole

  /// The body of a 200; nil for anything else.
  func send(
    _ texts: [(name: String, text: String)], within limit: Milliseconds
  ) async -> (body: [UInt8]?, record: CallRecord) {
    let clock = ContinuousClock()
    let start = clock.now
    let whole = max(Milliseconds(1), limit).duration
    let request = UpstreamRequest(
      .post, url,
      headers: [
        UpstreamHeader("content-type", "application/json"),
        UpstreamHeader("accept", "application/json"),
      ],
      body: AsideBody.service(texts),
      deadlines: UpstreamDeadlines(connect: whole, firstByte: whole, whole: whole),
      limits: UpstreamLimits(body: Self.limit))
    do throws(UpstreamFailure) {
      let answer = try await client.sendWhole(request)
      let isGood = answer.status == 200
      let record = record(
        isGood ? .read : .failed(.unavailable), status: answer.status,
        isGood ? nil : "\(answer.status) from \(host)", Milliseconds(since: start, clock))
      return (isGood ? answer.body : nil, record)
    } catch {
      let ending: AsideBill.Ending = error == .cancelled ? .cancelled : .failed(.unavailable)
      return (
        nil, record(ending, status: nil, error.description, Milliseconds(since: start, clock))
      )
    }
  }

  /// Without a port, a path or a query: an address may hold what a row must not.
  private var host: String {
    let rest = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
    let place = rest.dropFirst().first ?? ""
    let name = place.split(separator: "@").last ?? ""
    return name.split(separator: ":").first.map(String.init) ?? ""
  }

  private func record(
    _ ending: AsideBill.Ending, status: Int?, _ problem: String?, _ latency: Milliseconds
  ) -> CallRecord {
    var record = CallRecord(
      provider: host, upstream: "", region: nil, planned: -1, response: nil, problem: problem,
      status: status, latency: latency)
    record.aside = AsideBill(
      role: role, model: nil, modelID: nil, ending: ending, cost: .nothing, tokens: .nothing)
    return record
  }
}
