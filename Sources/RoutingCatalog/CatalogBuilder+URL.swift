import PolicySource
import YAMLReading

extension CatalogBuilder {
  /// Where a provider is, without a trailing slash; nil after a report.
  mutating func baseURL(_ entry: YAMLEntry?) -> String? {
    guard let entry,
      let text = scalarText(of: entry, "an address such as `https://api.openai.com/v1`")
    else { return nil }
    if text.contains("@") { problems.hide(entry.value.span) }
    if let reason = BaseURL.refusal(of: text) {
      problems.report(
        .catalogBadURL, "`base_url` takes an address such as `https://api.openai.com/v1`",
        at: entry.value.span, note: reason)
      return nil
    }
    return BaseURL.trimmed(text)
  }
}

/// What an address of a provider may be.
package enum BaseURL {
  /// Without slashes at the end: the path of each call is added there.
  package static func trimmed(_ text: String) -> String {
    var url = text
    while url.hasSuffix("/") { url.removeLast() }
    return url
  }

  /// Why this is no address a call can be made to, or nil.
  package static func refusal(of text: String) -> String? {
    let lower = text.lowercased()
    guard lower.hasPrefix("https://") || lower.hasPrefix("http://") else {
      return "it starts with `https://`, or `http://` for one of your own machines"
    }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return "it has a character that no address has; `%20` and its like write others"
    }
    let rest = text.drop { $0 != "/" }.dropFirst(2)
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if authority.contains("@") {
      return "no credentials stand in it: name their variable in `key_env`"
    }
    if rest.contains("?") || rest.contains("#") {
      return "it has no `?` or `#`: the path of each call is added at its end"
    }
    return isHostAndPort(authority) ? nil : "its host or port is none"
  }

  private static func isHostAndPort(_ text: Substring) -> Bool {
    var host = text
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return false }
      let inside = text[text.index(after: text.startIndex)..<end]
      guard inside.contains(":"), inside.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." })
      else { return false }
      return isPort(text[text.index(after: end)...])
    }
    if let colon = text.firstIndex(of: ":") {
      guard isPort(text[colon...]) else { return false }
      host = text[..<colon]
    }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    return labels.allSatisfy { label in
      !label.isEmpty && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    }
  }

  /// Nothing, or a colon and a port.
  private static func isPort(_ text: Substring) -> Bool {
    guard !text.isEmpty else { return true }
    let digits = text.dropFirst()
    guard text.hasPrefix(":"), digits.allSatisfy(\.isNumber), let port = Int(digits) else {
      return false
    }
    return (1...65_535).contains(port)
  }
}
