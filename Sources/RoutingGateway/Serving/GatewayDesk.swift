import CallerKeys
import HTTPTypes
import HummingbirdCore
import NIOCore
import RoutingBudgets

/// Takes requests off their connections: what is too large, unknown or not allowed ends here.
struct GatewayDesk: Sendable {
  let settings: GatewaySettings
  let shelf: PolicyShelf
  let callers: CallerDesk
  let handlers: GatewayHandlers
  let underWay: RequestsUnderWay
  let admission: Admission
  let observer: GatewayObserver
  let clock: @Sendable () -> Timestamp
  let random: @Sendable () -> (UInt64, UInt64)

  func respond(
    _ request: Request, _ writer: consuming ResponseWriter, _ connection: GatewayChannel.Connection
  ) async throws {
    let tally = RequestTally(RequestID(at: clock(), random: random()))
    let arrival = Arrival(
      request: request, channel: connection.channel, policy: shelf.policy,
      writer: AnswerWriter(writer, tally), tally: tally, visit: admission.visit())
    defer { arrival.visit.leave() }
    let trace = observer.trace(of: request, at: clock())
    do throws(APIProblem) {
      let exchange = try await exchange(arrival)
      try await admit(exchange, arrival)
      await RequestTrace.follow(trace) {
        await connection.watch.whileHere(among: underWay) { await handlers.answer(exchange) }
      }
      observer.observe(tally.served(exchange.route), trace)
    } catch {
      await arrival.exchange(.health).refuse(error)
      observer.observe(tally.served(arrival.route), trace)
      if error.closesConnection { throw error }
    }
  }

  /// Reads a request, as far as it is one that may be answered.
  private func exchange(_ arrival: Arrival) async throws(APIProblem) -> Exchange {
    let request = arrival.request
    let target = request.head.path ?? ""
    guard target.utf8.count <= settings.limits.targetBytes else {
      throw .targetTooLong(limit: settings.limits.targetBytes)
    }
    let path = target.prefix { $0 != "?" }
    switch RouteMatch(request.method, path) {
    case .none: throw .unknownPath(String(path))
    case .otherMethod(let route): throw .wrongMethod(route)
    case .found(let route, let rest):
      let caller = try callers.caller(
        of: route, request.head, from: arrival.channel.remoteAddress, under: arrival.policy)
      if let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" {
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

  private func body(
    of request: Request, _ arrival: Arrival
  ) async throws(APIProblem) -> [UInt8] {
    let limit = settings.limits.bodyBytes
    let length = request.headers[.contentLength].flatMap { Int($0) }
    if let length, length > limit { throw .bodyTooLarge(limit: limit) }
    let reading = underWay.addReading(arrival.channel)
    defer { underWay.removeReading(reading) }
    var body: [UInt8] = []
    if let length { body.reserveCapacity(length) }
    do {
      for try await part in request.body {
        guard body.count + part.readableBytes <= limit else {
          throw APIProblem.bodyTooLarge(limit: limit)
        }
        try arrival.visit.hold(part.readableBytes)
        body.append(contentsOf: part.readableBytesView)
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
private struct Arrival {
  let request: Request
  let channel: any Channel
  let policy: ServedPolicy
  let writer: AnswerWriter
  let tally: RequestTally
  let visit: Visit

  /// The route its path names; nil for one that is not served.
  var route: GatewayRoute? {
    let path = (request.head.path ?? "").prefix { $0 != "?" }
    switch RouteMatch(request.method, path) {
    case .found(let route, _), .otherMethod(let route): return route
    case .none: return nil
    }
  }

  func exchange(
    _ route: GatewayRoute, rest: String = "", caller: CallerIdentity? = nil, body: [UInt8] = []
  ) -> Exchange {
    Exchange(
      id: tally.id, route: route, rest: rest, headers: request.headers, policy: policy,
      caller: caller, body: body, writer: writer, tally: tally)
  }
}
