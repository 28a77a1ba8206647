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
        irregular[isPast ? form : String(form.dropFirst())] = (base, isPast)
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
    let stem = Self.stem
    let hasVowel = Self.hasVowel
    let string = Self.string
    let bytes = Array(word.utf8)
    if word.hasSuffix("ing"), bytes.count > 5, hasVowel(bytes.dropLast(3)) {
      return (stem(Array(bytes.dropLast(3))), false)
    }
    if word.hasSuffix("ied"), bytes.count > 4 { return (string(bytes.dropLast(3)) + "y", true) }
    if word.hasSuffix("ed"), bytes.count > 4, hasVowel(bytes.dropLast(2)) {
      return (stem(Array(bytes.dropLast(2))), true)
    }
    if word.hasSuffix("ies"), bytes.count > 4 { return (string(bytes.dropLast(3)) + "y", false) }
    for ending in ["sses", "shes", "ches", "xes", "zes"] where word.hasSuffix(ending) {
      return (string(bytes.dropLast(2)), false)
    }
    if word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"), !word.hasSuffix("is") {
      return (string(bytes.dropLast(1)), false)
    }
    return (word, false)
  }

  /// The word an ending was taken from, where spelling tells: `stopp` is `stop`, `cod` is `code`.
  ///
  /// A word that stands without an ending is never changed: `plan` and `plane` are two. Where spelling
  /// does not tell, what is left is no word and meets only itself.
  private static func stem(_ bytes: [UInt8]) -> String {
    guard bytes.count > 2, let last = bytes.last else { return string(bytes[...]) }
    let before = bytes[bytes.count - 2]
    if last == before, !isVowel(last) {
      // `press`, `buzz`, `add` and `call` are spelled so themselves; `cancelled` is not.
      let isOwn =
        "sz".utf8.contains(last) || bytes.count == 3
        || bytes.count <= 5 && last == UInt8(ascii: "l")
      return string(isOwn ? bytes[...] : bytes.dropLast())
    }
    return string(bytes[...]) + (losesE(bytes, last, before) ? "e" : "")
  }

  /// Whether a word of these letters would have lost an `e` to its ending.
  private static func losesE(_ bytes: [UInt8], _ last: UInt8, _ before: UInt8) -> Bool {
    if "cvu".utf8.contains(last) { return true }
    if last == UInt8(ascii: "g"), "rd".utf8.contains(before) { return true }
    // `change` and `arrange`, but `hang` and `bring`.
    if last == UInt8(ascii: "g"), before == UInt8(ascii: "n"), bytes.count > 4 {
      return bytes[bytes.count - 3] == UInt8(ascii: "a")
    }
    if last == UInt8(ascii: "l"), "bcdfgkpt".utf8.contains(before) { return true }
    guard !isVowel(last), !"wxy".utf8.contains(last), isVowel(before) else { return false }
    // One short syllable would have doubled its consonant: `hopping` is `hop`, `hoping` is `hope`.
    let vowels = bytes.count(where: isVowel)
    if vowels == 1 { return true }
    // `update`, `activate`, but `repeat` and `format`.
    return last == UInt8(ascii: "t") && before == UInt8(ascii: "a") && bytes.count > 4
      && !isVowel(bytes[bytes.count - 3]) && bytes[bytes.count - 3] != UInt8(ascii: "m")
  }

  private static func isVowel(_ byte: UInt8) -> Bool { "aeiouy".utf8.contains(byte) }

  private static func hasVowel(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.contains(where: isVowel)
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
