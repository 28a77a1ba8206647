/// One event of a YAML stream, its place in code points from the start of the text.
struct YAMLEvent: Sendable {
  let kind: Kind
  let range: Range<Int>
  let anchor: String?
  let tag: String?

  enum Kind: Sendable {
    case documentStart(hasTagDirectives: Bool)
    case scalar(YAMLScalar)
    case alias(String)
    case sequenceStart
    case mappingStart
    /// Of the innermost sequence or mapping.
    case end
    case streamEnd
    /// Stream start and document end: nothing to do.
    case other
  }
}

/// Why the text is no YAML, in libyaml's words, with places in code points.
struct SyntaxProblem: Error {
  let message: String
  let offset: Int
  /// What was being read, and where that began.
  let context: String?
  let contextOffset: Int

  static let outOfMemory = SyntaxProblem(
    message: "there is not enough memory to read this", offset: 0, context: nil, contextOffset: 0)
}
