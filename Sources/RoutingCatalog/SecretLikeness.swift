/// Tells a key from the name of a variable, so that keys are refused and never shown.
package enum SecretLikeness {
  /// The name of an environment variable as this catalog takes it: capitals, digits and `_`, and not
  /// itself a key.
  package static func isVariableName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first == UInt8(ascii: "_") || isCapital(first),
      text.utf8.count <= 64,
      text.utf8.allSatisfy({ isCapital($0) || isDigit($0) || $0 == UInt8(ascii: "_") })
    else { return false }
    return !isKey(text) && !isUnbrokenCode(text)
  }

  /// A word of it starts as the keys of known providers do and is as long as they are.
  package static func isKey(_ text: String) -> Bool {
    guard text.utf8.count >= 16 else { return false }
    return text.split(whereSeparator: \.isWhitespace).contains { word in
      word.utf8.count >= 16
        && (prefixes.contains { word.hasPrefix($0) } || isPerplexityKey(word))
    }
  }

  /// Models of Perplexity's are called `pplx-70b-online`: only a key goes on without a break.
  private static func isPerplexityKey(_ word: Substring) -> Bool {
    guard word.hasPrefix("pplx-") else { return false }
    let rest = word.dropFirst(5)
    return rest.utf8.count >= 24 && rest.utf8.allSatisfy { isLetter($0) || isDigit($0) }
  }

  private static let prefixes = [
    "sk-", "sk_", "xai-", "gsk_", "hf_", "r8_", "AIza", "AKIA", "ASIA", "ghp_",
    "github_pat_", "eyJ", "nvapi-", "glpat-", "xoxb-",
  ]

  /// Keys of a mapping under which people write the key itself.
  static let keyNames: Set<String> = [
    "key", "api_key", "apikey", "api-key", "apiKey", "token", "secret", "password",
    "authorization", "Authorization", "bearer", "credentials", "headers",
  ]

  /// Twenty or more capitals and digits without a break between words.
  private static func isUnbrokenCode(_ text: String) -> Bool {
    text.utf8.count >= 20 && !text.contains("_") && text.utf8.contains(where: isDigit)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { isCapital(byte & 0xDF) }

  private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
