// Paths of the API that this gateway does not serve: named, so that nobody looks for a typing error.
extension APIProblem {
  /// For a path that leads nowhere.
  package static func unknownPath(_ path: String) -> APIProblem {
    if let known = notServed.first(where: { path.isUnder($0.path) }) {
      return APIProblem(
        404, "invalid_request_error", code: "unsupported_endpoint",
        "`\(known.path)` is not served by this gateway: \(known.cure)")
    }
    return APIProblem(
      404, "invalid_request_error", code: "unknown_url",
      "there is no `\(shown(path))` here: this gateway serves "
        + "\(GatewayRoute.allCases.map(\.path).joined(separator: ", "))")
  }

  private static let notServed: [(path: String, cure: String)] = [
    ("/v1/responses", "use `/v1/chat/completions`"),
    ("/v1/conversations", "use `/v1/chat/completions` with all messages in the request"),
    ("/v1/assistants", "use `/v1/chat/completions` with tools"),
    ("/v1/threads", "use `/v1/chat/completions` with all messages in the request"),
    ("/v1/audio", "it routes texts and images; call the provider for speech"),
    ("/v1/realtime", "it routes texts and images; call the provider for speech"),
    ("/v1/images", "it routes chats; call the provider to draw"),
    ("/v1/videos", "it routes chats; call the provider to draw"),
    ("/v1/moderations", "put a guard into the policy"),
    ("/v1/messages", "use `/v1/chat/completions`, whose shape it speaks"),
    ("/v1/edits", "use `/v1/chat/completions`"),
    ("/v1/engines", "use `/v1/models`"),
    ("/v1/batches", "send the requests one by one"),
    ("/v1/files", "send texts and images in the request"),
    ("/v1/uploads", "send texts and images in the request"),
    ("/v1/vector_stores", "it keeps no documents"),
    ("/v1/fine_tuning", "it trains no models"),
    ("/v1/fine-tunes", "it trains no models"),
    ("/v1/evals", "use `rung test`"),
    ("/v1/containers", "it runs no code"),
    ("/v1/organization", "keys are made by `rung key new`, costs are in `rung ledger`"),
    ("/v1/chat/completions/", "answers are not kept to be asked for again; see `rung ledger show`"),
  ]

  /// At most eighty characters that a terminal would not obey.
  private static func shown(_ path: String) -> String {
    let shown = path.unicodeScalars.prefix(80).map { scalar in
      (0x21...0x7E).contains(scalar.value) && scalar != "`" ? Character(scalar) : "·"
    }
    return String(shown)
  }
}

extension String {
  /// The path itself, or one below it.
  fileprivate func isUnder(_ path: String) -> Bool {
    self == path || hasPrefix(path.hasSuffix("/") ? path : path + "/")
  }
}
