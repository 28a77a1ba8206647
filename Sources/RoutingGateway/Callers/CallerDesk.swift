import CallerKeys
import HTTPTypes
import NIOCore
import RoutingBudgets

/// Lets callers in, or says why not, before a byte of the body is read.
struct CallerDesk: Sendable {
  let admin: AdminAccess
  /// Whether callers without keys have to ask for this machine by its own name.
  let onlyByOwnName: Bool
  let clock: @Sendable () -> Timestamp

  /// Who asks; nil for whom nobody asked.
  ///
  /// - Throws: 401 without a good key where one is needed, 403 where the key opens something else.
  func caller(
    of route: GatewayRoute, _ head: HTTPRequest, from peer: SocketAddress?,
    under policy: ServedPolicy
  ) throws(APIProblem) -> CallerIdentity? {
    do throws(KeyRefusal) {
      switch route.access {
      case .open: return nil
      case .caller:
        guard let keys = policy.keys else { break }
        return try keys.caller(at: now, values: head.headerFields.values)
      case .admin:
        guard admin == .key else { break }
        guard let keys = policy.keys else { throw .unknown }
        return try keys.admin(at: now, values: head.headerFields.values)
      }
    } catch {
      throw APIProblem(error, closing: head.hasLongBody)
    }
    if route.access == .caller {
      try checkStranger(head)
      return nil
    }
    guard LocalCall.isMade(from: peer, authority: head.authority, head.headerFields) else {
      throw .adminFromElsewhere(route, closing: head.hasLongBody)
    }
    return nil
  }

  /// Nobody has to show a key: no page may ask.
  private func checkStranger(_ head: HTTPRequest) throws(APIProblem) {
    if PageCall.isMade(head.headerFields) { throw .askedByPage(closing: head.hasLongBody) }
    if onlyByOwnName, !LocalCall.namesThisMachine(head.authority) {
      throw .askedByOtherName(closing: head.hasLongBody)
    }
  }

  private var now: Int64 { clock().milliseconds / 1000 }
}

extension HTTPFields {
  /// All values of the field of this lower-case name, in order.
  func values(of name: String) -> [String] {
    // By the text itself: to make a name of it is to look at every letter of it again.
    var values: [String] = []
    for field in self where field.name.canonicalName == name { values.append(field.value) }
    return values
  }

  fileprivate var values: (String) -> [String] { { self.values(of: $0) } }
}

extension HTTPRequest {
  /// Whether reading the body of a stranger to its end, to keep the connection, is too much asked.
  fileprivate var hasLongBody: Bool {
    if headerFields.contains(.transferEncoding) { return true }
    guard let length = headerFields[.contentLength] else { return false }
    return Int(length).map { $0 > 64 << 10 } ?? true
  }
}

extension APIProblem {
  init(_ refusal: KeyRefusal, closing: Bool) {
    self.init(
      refusal.status, "invalid_request_error", code: refusal.code, refusal.description)
    closesConnection = closing
  }

  init(_ problem: CallerProblem) {
    self.init(
      400, "invalid_request_error", code: problem.code, param: problem.param, problem.description)
  }

  fileprivate static func askedByPage(closing: Bool) -> APIProblem {
    fromElsewhere(
      "asked_by_page",
      "`origin` or `sec-fetch-site` says that a page in a browser asks, and this gateway asks nobody for a "
        + "key: any page could spend what its policy allows. Serve with --keys", closing)
  }

  fileprivate static func askedByOtherName(closing: Bool) -> APIProblem {
    fromElsewhere(
      "asked_by_other_name",
      "this gateway is for callers on its own machine, who ask for 127.0.0.1 or localhost: serve with "
        + "--keys, or with --without-keys if every caller who reaches it may spend", closing)
  }

  private static func fromElsewhere(
    _ code: String, _ message: String, _ closing: Bool
  ) -> APIProblem {
    var problem = APIProblem(403, "invalid_request_error", code: code, message)
    problem.closesConnection = closing
    return problem
  }

  fileprivate static func adminFromElsewhere(
    _ route: GatewayRoute, closing: Bool
  ) -> APIProblem {
    var problem = APIProblem(
      403, "invalid_request_error", code: "admin_from_elsewhere",
      "`\(route.path)` is answered on the gateway's own machine only, asked for as 127.0.0.1 or "
        + "localhost and not through a proxy: elsewhere serve with --admin-key and send an admin "
        + "key")
    problem.closesConnection = closing
    return problem
  }
}
