package import HTTPTypes

/// Everything the gateway serves: its one table of routes.
///
/// Whoever adds a route says here who may ask for it.
package enum GatewayRoute: CaseIterable, Hashable, Sendable {
  case chatCompletions, completions, embeddings, models, model, decisions, feedback
  case health, readiness, metrics, reload, cache, cacheAnswers, cachePurge

  /// Who may ask.
  package enum Access: Hashable, Sendable {
    /// Anybody: it says nothing but whether the gateway is alive.
    case open
    /// Who has a caller's key; anybody where the gateway has no keys.
    case caller
    /// From this machine, or with an admin key where the gateway is told so.
    case admin
  }

  package var access: Access {
    switch self {
    case .health, .readiness: .open
    case .chatCompletions, .completions, .embeddings, .models, .model, .decisions, .feedback:
      .caller
    case .metrics, .reload, .cache, .cacheAnswers, .cachePurge: .admin
    }
  }

  /// A path that ends in a slash takes one more part.
  package var path: String {
    switch self {
    case .chatCompletions: "/v1/chat/completions"
    case .completions: "/v1/completions"
    case .embeddings: "/v1/embeddings"
    case .models: "/v1/models"
    case .model: "/v1/models/"
    case .decisions: "/v1/decisions"
    case .feedback: "/v1/feedback"
    case .health: "/healthz"
    case .readiness: "/readyz"
    case .metrics: "/metrics"
    case .reload: "/admin/reload"
    case .cache: "/admin/cache"
    case .cacheAnswers: "/admin/cache/answers/"
    case .cachePurge: "/admin/cache/purge"
    }
  }

  package var method: HTTPRequest.Method {
    switch self {
    case .chatCompletions, .completions, .embeddings, .decisions, .feedback, .reload, .cachePurge:
      .post
    case .models, .model, .health, .readiness, .metrics, .cache, .cacheAnswers: .get
    }
  }
}

/// What a request's method and path lead to.
enum RouteMatch: Hashable {
  /// `rest` is what follows a path that takes one more part.
  case found(GatewayRoute, rest: String)
  case otherMethod(GatewayRoute)
  case none

  private static let byPath = Dictionary(
    uniqueKeysWithValues: GatewayRoute.allCases.map { ($0.path, $0) })
  private static let open = GatewayRoute.allCases.filter { $0.path.hasSuffix("/") }

  /// `path` without its query; a path is matched byte for byte, nothing is decoded or made simpler.
  init(_ method: HTTPRequest.Method, _ path: Substring) {
    if let route = Self.byPath[String(path)], !route.path.hasSuffix("/") {
      self = Self.match(route, method, rest: "")
    } else if let route = Self.open.first(where: { path.hasPrefix($0.path) }),
      path.utf8.count > route.path.utf8.count
    {
      self = Self.match(route, method, rest: String(path.dropFirst(route.path.count)))
    } else {
      self = .none
    }
  }

  /// A request's target without its query.
  static func path(of target: String) -> Substring {
    target[..<(target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex)]
  }

  /// What the path names, whatever the method.
  var route: GatewayRoute? {
    switch self {
    case .found(let route, _), .otherMethod(let route): route
    case .none: nil
    }
  }

  private static func match(
    _ route: GatewayRoute, _ method: HTTPRequest.Method, rest: String
  ) -> RouteMatch {
    method == route.method || (route.method == .get && method == .head)
      ? .found(route, rest: rest) : .otherMethod(route)
  }
}
