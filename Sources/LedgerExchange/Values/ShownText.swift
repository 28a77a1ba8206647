/// Text of a file as a message may show it.
package enum ShownText {
  /// At most forty characters on one line, control characters as `·`; what looks like a key is hidden.
  package static func of(_ text: some StringProtocol) -> String {
    isLikeKey(text) ? "…" : line(String(text.map { $0 == "`" ? "·" : $0 }), atMost: 40)
  }

  /// On one line, control characters as `·`, and no longer than a message may be.
  package static func line(_ text: some StringProtocol, atMost limit: Int = 160) -> String {
    var shown = String.UnicodeScalarView()
    for (place, scalar) in text.unicodeScalars.enumerated() {
      guard place < limit else {
        shown.append("…")
        break
      }
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: shown.append("·")
      case _: shown.append(scalar)
      }
    }
    return String(shown)
  }

  /// Whether a text starts as the keys of known providers do, alone or after `Bearer `.
  package static func isLikeKey(_ text: some StringProtocol) -> Bool {
    text.split(separator: " ").contains { word in
      word.utf8.count >= 12 && prefixes.contains { word.hasPrefix($0) }
    }
  }

  private static let prefixes = [
    "sk-", "sk_", "xai-", "gsk_", "hf_", "r8_", "pplx-", "AIza", "AKIA", "ASIA", "ghp_",
    "github_pat_", "eyJ", "nvapi-", "glpat-", "xoxb-",
  ]
}
