/// The forms of a language's words: endings taken off where the rule is sure.
struct WordForms: Sendable {
  /// Forms that no rule gives: the root, and whether it is a past.
  let irregular: [String: (base: String, isPast: Bool)]
  let endings: Endings

  enum Endings: Sendable { case english, german, none }

  /// `forget/forgot/forgotten` gives the pasts of a word, `child/~children` a form that is none.
  init(_ text: String, endings: Endings) {
    self.endings = endings
    var irregular: [String: (base: String, isPast: Bool)] = [:]
    for entry in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let forms = entry.split(separator: "/").map(String.init)
      guard let base = forms.first else { continue }
      for form in forms.dropFirst() {
        let isPast = !form.hasPrefix("~")
        irregular[isPast ? form : String(form.dropFirst())] = (Self.root(Array(base.utf8)), isPast)
      }
    }
    self.irregular = irregular
  }

  func base(_ word: String) -> (base: String, isPast: Bool) {
    if let known = irregular[word] { return known }
    if endings == .german, word.count > 4 {
      for ending in ["en", "e"] where word.hasSuffix(ending) {
        return (String(word.dropLast(ending.count)), false)
      }
    }
    guard endings == .english, word.utf8.count > 3, word.utf8.allSatisfy({ $0 < 0x80 }) else {
      return (word, false)
    }
    let root = Self.root
    let hasVowel = Self.hasVowel
    let string = Self.string
    let bytes = Array(word.utf8)
    if word.hasSuffix("ing"), bytes.count > 5, hasVowel(bytes.dropLast(3)) {
      return (root(Array(bytes.dropLast(3))), false)
    }
    if word.hasSuffix("ied"), bytes.count > 4 { return (string(bytes.dropLast(3)) + "y", true) }
    if word.hasSuffix("ed"), bytes.count > 4, hasVowel(bytes.dropLast(2)) {
      return (root(Array(bytes.dropLast(2))), true)
    }
    if word.hasSuffix("ies"), bytes.count > 4 { return (string(bytes.dropLast(3)) + "y", false) }
    for ending in ["sses", "shes", "ches", "xes", "zes"] where word.hasSuffix(ending) {
      return (root(Array(bytes.dropLast(2))), false)
    }
    if word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"), !word.hasSuffix("is") {
      return (root(Array(bytes.dropLast(1))), false)
    }
    return (root(bytes), false)
  }

  /// Without a doubled consonant and without a silent e, so that `cancelled`, `cancel`, `charging`
  /// and `charge` meet.
  private static func root(_ bytes: [UInt8]) -> String {
    var bytes = bytes
    if bytes.count > 3, let last = bytes.last, last == bytes[bytes.count - 2],
      !"aeioulsz".utf8.contains(last) || last == UInt8(ascii: "l") && bytes.count > 5
    {
      bytes.removeLast()
    } else if bytes.count > 3, bytes.last == UInt8(ascii: "e") {
      bytes.removeLast()
    }
    return string(bytes[...])
  }

  private static func hasVowel(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.contains { "aeiouy".utf8.contains($0) }
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
