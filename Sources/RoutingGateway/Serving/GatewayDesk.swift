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
  let clock: @Sendable () -> Timestamp
  let random: @Sendable () -> (UInt64, UInt64)

  func respond(
    _ request: Request, _ writer: consuming ResponseWriter, _ connection: GatewayChannel.Connection
  ) async throws {
    let writer = AnswerWriter(writer)
    let id = RequestID(at: clock(), random: random())
    let policy = shelf.policy
    let peer = connection.channel.remoteAddress
    switch await exchange(request, id, from: peer, under: policy, writer) {
    case .success(let exchange):
      await connection.watch.whileHere(among: underWay) { await handlers.answer(exchange) }
    case .failure(let problem):
      await Exchange(
        id: id, route: .health, rest: "", headers: [:], policy: policy, caller: nil, body: [],
        writer: writer
      ).refuse(problem)
      if problem.closesConnection { throw problem }
    }
  }

  private func exchange(
    _ request: Request, _ id: RequestID, from peer: SocketAddress?, under policy: ServedPolicy,
    _ writer: AnswerWriter
  ) async -> Result<Exchange, APIProblem> {
    let target = request.head.path ?? ""
    guard target.utf8.count <= settings.limits.targetBytes else {
      return .failure(.targetTooLong(limit: settings.limits.targetBytes))
    }
    let path = target.prefix { $0 != "?" }
    switch RouteMatch(request.method, path) {
    case .none: return .failure(.unknownPath(String(path)))
    case .otherMethod(let route): return .failure(.wrongMethod(route))
    case .found(let route, let rest):
      let caller: CallerIdentity?
      do throws(APIProblem) {
        caller = try callers.caller(of: route, request.head, from: peer, under: policy)
      } catch {
        return .failure(error)
      }
      if let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" {
        return .failure(.compressedBody(encoding))
      }
      do throws(APIProblem) {
        return .success(
          Exchange(
            id: id, route: route, rest: rest, headers: request.headers, policy: policy,
            caller: caller, body: try await body(of: request), writer: writer))
      } catch {
        return .failure(error)
      }
    }
  }

  private func body(of request: Request) async throws(APIProblem) -> [UInt8] {
    let limit = settings.limits.bodyBytes
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw .bodyTooLarge(limit: limit)
    }
    do {
      let buffer = try await request.body.collect(upTo: limit)
      return Array(buffer.readableBytesView)
    } catch is NIOTooManyBytesError {
      throw .bodyTooLarge(limit: limit)
    } catch {
      throw .brokenBody
    }
  }
}
