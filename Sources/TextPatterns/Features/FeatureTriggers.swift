/// The pass that finds features: a table says which bytes are worth a closer look.
///
/// O(bytes): every closer look reads a bounded number of bytes, except that for JSON, which has a
/// budget for the whole text.
struct FeatureTriggers: Sendable {
  let wanted: TextFeatures
  /// For each byte the features it may be a sign of.
  private let triggers: [TextFeatures]

  init(_ wanted: TextFeatures) {
    self.wanted = wanted
    var triggers = [TextFeatures](repeating: [], count: 256)
    func mark(_ bytes: some Sequence<UInt8>, _ feature: TextFeatures) {
      for byte in bytes { triggers[Int(byte)].formUnion(feature.intersection(wanted)) }
    }
    mark("{".utf8, .json)
    mark(":.".utf8, .url)
    mark(UInt8(ascii: "0")...UInt8(ascii: "9"), [.numbers, .phone, .card])
    mark(NumberRule.leadBytes, .numbers)
    mark("+(".utf8, .phone)
    mark("@".utf8, .email)
    mark(SecretRule.triggers, .secret)
    self.triggers = triggers
  }

  /// Those of the wanted features that the text has.
  func scan(_ text: TextBytes) -> TextFeatures {
    var found: TextFeatures = []
    look(at: text) { feature, _ in
      found.formUnion(feature)
    }
    return found
  }

  /// The leftmost place where one of the wanted features is seen.
  func firstMatch(in text: TextBytes) -> Range<Int>? {
    var first: Range<Int>?
    look(at: text) { _, range in
      if range.lowerBound < first?.lowerBound ?? .max { first = range }
    }
    return first
  }

  /// Reports the first place of each wanted feature.
  private func look(
    at text: TextBytes, report: (TextFeatures, Range<Int>) -> Void
  ) {
    let lineFeatures = wanted.intersection(.ofLines)
    if !lineFeatures.isEmpty { LineRules.look(at: text, for: lineFeatures, report: report) }
    var missing = wanted.subtracting(.ofLines)
    if missing.isEmpty { return }
    var json = JSONRule()
    var offset = 0
    while offset < text.count {
      let signs = triggers[Int(text[offset])].intersection(missing)
      if !signs.isEmpty {
        lookCloser(text, at: offset, signs, &json) { feature, range in
          missing.subtract(feature)
          report(feature, range)
        }
        if missing.isEmpty { return }
      }
      offset &+= 1
    }
  }

  @inline(never)
  private func lookCloser(
    _ text: TextBytes, at offset: Int, _ signs: TextFeatures,
    _ json: inout JSONRule, found: (TextFeatures, Range<Int>) -> Void
  ) {
    if signs.contains(.numbers), let range = NumberRule.match(text, at: offset) {
      found(.numbers, range)
    }
    if signs.contains(.phone), let range = PhoneRule.match(text, at: offset) {
      found(.phone, range)
    }
    if signs.contains(.card), let range = CardRule.match(text, at: offset) {
      found(.card, range)
    }
    if signs.contains(.url), let range = URLRule.match(text, at: offset) {
      found(.url, range)
    }
    if signs.contains(.email), let range = EmailRule.match(text, at: offset) {
      found(.email, range)
    }
    if signs.contains(.secret), let range = SecretRule.match(text, at: offset) {
      found(.secret, range)
    }
    if signs.contains(.json), let range = json.match(text, at: offset) {
      found(.json, range)
    }
  }
}
