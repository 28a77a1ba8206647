package import JSONReading

/// A request for vectors: what a bound and a policy need of it, over the text it came in.
///
/// Everything else, `dimensions` and `encoding_format` included, is passed on byte for byte.
package struct EmbeddingsRequest: Sendable {
  /// The text as it came.
  package let json: JSONText
  package let model: String
  /// The texts to be turned into vectors; empty where they came as numbers of tokens.
  package private(set) var texts: [String] = []
  /// How many vectors are wanted; at least one.
  package private(set) var count = 0
  /// Numbers of tokens that came in the place of texts.
  package private(set) var tokens = 0
  package private(set) var user: String?

  /// The most inputs the API takes at once.
  private static let mostInputs = 2048

  package init(
    _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
  ) throws(WireProblem) {
    do throws(JSONProblem) {
      json = try JSONText(bytes, limits: limits)
    } catch {
      throw .json(error)
    }
    let root = json.root
    try root.wantedObject()
    model = try root.wantedMember("model").wantedString()
    if let user = root["user"], !user.isNull { self.user = try user.wantedString() }
    if let size = root["dimensions"], !size.isNull { _ = try size.wantedInteger(1...65_536) }
    if let format = root["encoding_format"], !format.isNull,
      !format.spells("float"), !format.spells("base64")
    {
      throw .badValue(format.place, found: format.shown, wanted: "`float` or `base64`")
    }
    try read(try root.wantedMember("input"))
  }

  /// A text, texts, numbers of tokens, or several lists of them.
  private mutating func read(_ input: JSONValue) throws(WireProblem) {
    if let text = input.string {
      texts = [text]
      count = 1
      return
    }
    guard input.kind == .array, let first = input.elements.first(where: { _ in true }) else {
      throw input.wanted("a text, or an array of at least one text or list of tokens")
    }
    if first.kind == .number {
      tokens = try Self.tokens(input)
      count = 1
      return
    }
    for element in input.elements {
      count += 1
      guard count <= Self.mostInputs else {
        throw .badValue(
          element.place, found: element.shown, wanted: "one of at most \(Self.mostInputs)")
      }
      if first.kind == .string {
        texts.append(try element.wantedString())
      } else {
        try element.wantedArray()
        tokens += try Self.tokens(element)
      }
    }
  }

  private static func tokens(_ list: JSONValue) throws(WireProblem) -> Int {
    var count = 0
    for element in list.elements {
      _ = try element.wantedInteger(0...Int64(Int32.max))
      count += 1
    }
    return count
  }

  /// The most tokens all inputs together can be: no token has less than a byte, and a provider puts
  /// a few around each input.
  package var tokenBound: Int64 {
    var sum = tokens + count * 16
    for text in texts { sum += text.utf8.count }
    return Int64(sum)
  }

  /// What a provider gets: its own name of the model, and every other byte as it came.
  package func body(model: String) -> [UInt8] { json.root.edited([.model(model)]) }
}
