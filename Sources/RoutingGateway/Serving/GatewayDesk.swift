import CallerKeys
import HTTPTypes
import NIOCore
import RoutingBudgets

/// Takes requests off their connections: what is too large, unknown or not allowed ends here.
///
/// A class: every request under way holds it.
final class GatewayDesk: Sendable {
  let settings: GatewaySettings
  let shelf: PolicyShelf
  let callers: CallerDesk
  let handlers: GatewayHandlers
  let underWay: RequestsUnderWay
  let admission: Admission
  let observer: GatewayObserver
  let clock: @Sendable () -> Timestamp
  let random: @Sendable () -> (UInt64, UInt64)

  init(
    settings: GatewaySettings, shelf: PolicyShelf, callers: CallerDesk, handlers: GatewayHandlers,
    underWay: RequestsUnderWay, admission: Admission, observer: GatewayObserver,
    clock: @escaping @Sendable () -> Timestamp,
    random: @escaping @Sendable () -> (UInt64, UInt64)
  ) {
    self.settings = settings
    self.shelf = shelf
    self.callers = callers
    self.handlers = handlers
    self.underWay = underWay
    self.admission = admission
    self.observer = observer
    self.clock = clock
    self.random = random
  }

  /// False where the connection has to end with this request.
  func respond(_ request: IncomingRequest) async -> Bool {
    let arrival = arrival(of: request)
    defer { arrival.visit.leave() }
    let trace = observer.trace(of: request.head, at: clock())
    do throws(APIProblem) {
      let exchange = try await exchange(arrival)
      try await admit(exchange, arrival)
      await RequestTrace.follow(trace) {
        await request.watch.whileHere(request.work, among: underWay) {
          await handlers.answer(exchange)
        }
      }
      tell(arrival, exchange.route, trace)
      return arrival.writer.hasEnded
    } catch {
      await refuse(error, arrival)
      tell(arrival, arrival.route, trace)
      return arrival.writer.hasEnded && !error.closesConnection
    }
  }

  // Functions of their own: what they need is not held for as long as an answer takes.

  @inline(never)
  private func arrival(of request: IncomingRequest) -> Arrival {
    let tally = RequestTally(RequestID(at: clock(), random: random()))
    let visit = admission.visit()
    return Arrival(
      request: request, policy: shelf.policy,
      writer: AnswerWriter(request.outbox, tally, leaving: visit), tally: tally, visit: visit)
  }

  @inline(never)
  private func refuse(_ problem: APIProblem, _ arrival: Arrival) async {
    await arrival.exchange(.health).refuse(problem, headers: arrival.refusalHeaders(problem))
  }

  @inline(never)
  private func tell(_ arrival: Arrival, _ route: GatewayRoute?, _ trace: RequestTrace?) {
    observer.observe(arrival.tally.served(route), trace)
  }

  /// Reads a request, as far as it is one that may be answered.
  private func exchange(_ arrival: Arrival) async throws(APIProblem) -> Exchange {
    let request = arrival.request
    let target = request.head.path ?? ""
    guard target.utf8.count <= settings.limits.targetBytes else {
      throw .targetTooLong(limit: settings.limits.targetBytes)
    }
    let path = RouteMatch.path(of: target)
    switch RouteMatch(request.head.method, path) {
    case .none: throw .unknownPath(String(path))
    case .otherMethod(let route): throw .wrongMethod(route)
    case .found(let route, let rest):
      let caller = try callers.caller(
        of: route, request.head, from: request.channel.remoteAddress, under: arrival.policy)
      if let encoding = request.head.headerFields[.contentEncoding],
        encoding.lowercased() != "identity"
      {
        throw .compressedBody(encoding)
      }
      let body = try await body(of: request, arrival)
      arrival.tally.received(body.count)
      return arrival.exchange(route, rest: rest, caller: caller, body: body)
    }
  }

  /// Whoever asks how the gateway is does not wait in line.
  private func admit(_ exchange: Exchange, _ arrival: Arrival) async throws(APIProblem) {
    guard exchange.route.access == .caller else { return }
    do throws(Overload) {
      try await arrival.visit.admit()
    } catch {
      arrival.tally.end(.overload(error))
      throw APIProblem(error)
    }
  }

  @inline(never)
  private func body(
    of request: IncomingRequest, _ arrival: Arrival
  ) async throws(APIProblem) -> [UInt8] {
    let limit = settings.limits.bodyBytes
    let length = request.head.headerFields[.contentLength].flatMap { Int($0) }
    if let length, length > limit { throw .bodyTooLarge(limit: limit) }
    let reading = request.body.isWhole ? nil : underWay.addReading(request.channel)
    defer { if let reading { underWay.removeReading(reading) } }
    var body: [UInt8] = []
    if let length { body.reserveCapacity(length) }
    do {
      while let parts = try await request.body.next() {
        for part in parts {
          guard body.count + part.readableBytes <= limit else {
            throw APIProblem.bodyTooLarge(limit: limit)
          }
          try arrival.visit.hold(part.readableBytes)
          body.append(contentsOf: part.readableBytesView)
        }
      }
      return body
    } catch let problem as APIProblem {
      throw problem
    } catch let overload as Overload {
      arrival.tally.end(.overload(overload))
      var problem = APIProblem(overload)
      problem.closesConnection = true
      throw problem
    } catch {
      throw .brokenBody
    }
  }
}

/// A request whose head has been read.
private final class Arrival: Sendable {
  let request: IncomingRequest
  let policy: ServedPolicy
  let writer: AnswerWriter
  let tally: RequestTally
  let visit: Visit

  init(
    request: IncomingRequest, policy: ServedPolicy, writer: AnswerWriter, tally: RequestTally,
    visit: Visit
  ) {
    self.request = request
    self.policy = policy
    self.writer = writer
    self.tally = tally
    self.visit = visit
  }

  /// The route its path names; nil for one that is not served.
  var route: GatewayRoute? {
    switch RouteMatch(request.head.method, RouteMatch.path(of: request.head.path ?? "")) {
    case .found(let route, _), .otherMethod(let route): return route
    case .none: return nil
    }
  }

  func refusalHeaders(_ problem: APIProblem) -> HTTPFields {
    guard problem.status == 405, let route else { return HTTPFields() }
    return [.allow: route.method == .get ? "GET, HEAD" : route.method.rawValue]
  }

  func exchange(
    _ route: GatewayRoute, rest: String = "", caller: CallerIdentity? = nil, body: [UInt8] = []
  ) -> Exchange {
    Exchange(
      id: tally.id, route: route, rest: rest, headers: request.head.headerFields, policy: policy,
      caller: caller, body: body, writer: writer, tally: tally, work: request.work)
  }
}
