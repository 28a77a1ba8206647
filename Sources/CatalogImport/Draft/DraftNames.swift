import PolicySource
import RoutingCatalog

/// Names of a list as words of the policy language.
///
/// A name that is a word stays as it is. In another, what no word has becomes `-`; if two names end
/// up as one word, each but the one that was it from the start gets a piece of its own hash, so that
/// a name's word never depends on the order of the list or on what was selected of it.
package enum DraftNames {
  /// The word of each name; every word once, whatever the names.
  ///
  /// O(names × their length).
  package static func words(for names: [String], reserved: Set<String> = []) -> [String: String] {
    var wanted: [String: Int] = [:]
    for name in names { wanted[word(for: name), default: 0] += 1 }
    var words: [String: String] = [:]
    var taken = reserved
    for name in names where word(for: name) == name && !reserved.contains(name) {
      words[name] = name
      taken.insert(name)
    }
    for name in names where words[name] == nil {
      let word = word(for: name)
      guard wanted[word] == 1, taken.insert(word).inserted else { continue }
      words[name] = word
    }
    for name in names.sorted() where words[name] == nil {
      words[name] = distinct(name, &taken)
    }
    return words
  }

  private static func distinct(_ name: String, _ taken: inout Set<String>) -> String {
    let hash = StableHash.digest(of: name.utf8).hex
    var word = "\(word(for: name))-x\(hash.prefix(8))"
    while !taken.insert(word).inserted { word += "-x" + hash }
    return word
  }

  /// The nearest word.
  package static func word(for name: String) -> String {
    var word: [UInt8] = []
    for scalar in name.unicodeScalars {
      let byte = UInt8(exactly: scalar.value) ?? UInt8(ascii: "-")
      let afterJoint = word.last.map(isJoint) ?? true
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        word.append(byte)
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if word.isEmpty { word.append(UInt8(ascii: "m")) }
        word.append(byte)
      case UInt8(ascii: "_"): if !afterJoint { word.append(byte) }
      case UInt8(ascii: "."), UInt8(ascii: "/"): if !afterJoint { word.append(byte) }
      default: if !afterJoint { word.append(UInt8(ascii: "-")) }
      }
    }
    while let last = word.last, isJoint(last) { word.removeLast() }
    return word.isEmpty ? "model" : String(decoding: word, as: UTF8.self)
  }

  /// Whether a catalog can hold this text: one short line that is no secret.
  package static func isHoldable(_ text: String) -> Bool {
    (1...256).contains(text.utf8.count) && text.shown(upTo: 256) == text
      && !SecretLikeness.isKey(text)
  }

  private static func isJoint(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
  }
}
