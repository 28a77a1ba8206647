/// How the gateway listens and how much it takes.
package struct GatewaySettings: Sendable {
  package var host = "127.0.0.1"
  /// 0 takes a free one.
  package var port = 4141
  package var limits = GatewayLimits()
  /// How much is taken on at once.
  package var admission = AdmissionLimits()
  package var admin: AdminAccess = .thisMachine
  /// Whether callers without keys have to ask for this machine by its own name: a page reaches it by
  /// another.
  package var onlyByOwnName = false
  /// How long requests under way may take after the gateway was told to stop.
  package var drain = Duration.seconds(30)
  /// Whether the policy's files are looked at, and a changed policy is taken by itself.
  package var watchesFiles = true
  /// A spent budget is answered 429 instead of 402.
  package var budgetIsLimit = false
  /// Adds the `x-litellm-*` headers dashboards already read.
  package var addsLiteLLMHeaders = false

  package init() {}
}

/// The most one request or connection may be.
package struct GatewayLimits: Sendable {
  /// Of a request's body.
  package var bodyBytes = 10 << 20
  package var headerCount = 256
  /// Of all headers, and of one.
  package var headerBytes = 64 << 10
  /// Of the request's target.
  package var targetBytes = 8 << 10
  /// From the first byte of a request to the end of its headers.
  package var headerSeconds: Int64 = 10
  /// From the end of the headers to the end of the body.
  package var bodySeconds: Int64 = 120
  /// Between two pieces of a body.
  package var bodyIdleSeconds: Int64 = 10
  /// Between two requests on a connection.
  package var idleSeconds: Int64 = 75

  package init() {}

  /// What the parser may hold of a head before anybody sees it, its target among it.
  var parsedBytes: Int { headerBytes + targetBytes }
}
