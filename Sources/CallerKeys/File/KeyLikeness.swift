import RoutingCatalog

/// Tells a key from everything else a keys file holds, so that none is ever shown.
enum KeyLikeness {
  /// A key of ours, or one that looks like a provider's.
  static func isKey(_ text: String) -> Bool {
    SecretLikeness.isKey(text)
      || text.split(whereSeparator: \.isWhitespace).contains { word in
        guard word.hasPrefix(NewKey.prefix) else { return false }
        let rest = word.dropFirst(NewKey.prefix.count)
        return rest.utf8.count >= 16
          && rest.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x5F }
      }
  }

  /// Long and without a break, as no name is: a key, a token, a digest in the wrong place.
  static func isUnbroken(_ text: String) -> Bool {
    text.utf8.count >= 32 && text.utf8.contains { (0x30...0x39).contains($0) }
      && text.utf8.allSatisfy { isLetterOrDigit($0) || "+/=_".utf8.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
  }
}
