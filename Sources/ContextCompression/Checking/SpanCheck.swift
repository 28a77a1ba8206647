/// Holds what compression made against what it was given.
///
/// It believes nothing: it knows only the messages before, the messages after and the spans that are
/// said to lie between, and finds for itself what was protected, where sentences end and what a
/// rewritten span says. The checks of cuts and of what is written otherwise share no code with what made
/// them. A summary is made by a model; it is read by the module's own readers of sentences and facts.
package enum SpanCheck {
  /// The first thing that is not as promised; nil if all is.
  ///
  /// Linear in the bytes.
  package static func problem(
    in made: CompressedContext, of messages: [ContextMessage]
  ) -> SpanProblem? {
    guard made.messages.count == messages.count else { return .notTheSource }
    let question = messages.lastIndex { $0.role == .user } ?? 0
    for (place, (source, result)) in zip(messages, made.messages).enumerated() {
      let mustStay =
        source.role != .user && source.role != .assistant || source.hasCalls || source.isCached
        || place >= question || source.name?.starts(with: "example") == true
      guard result.texts.count == source.texts.count else { return .notTheSource }
      if mustStay {
        guard !result.isDropped, result.texts.map(\.text) == source.texts else {
          return .changedProtected
        }
        continue
      }
      if result.isDropped {
        guard !source.hasMedia, result.texts.allSatisfy({ $0.text.isEmpty }) else {
          return .changedProtected
        }
        continue
      }
      for (number, (before, after)) in zip(source.texts, result.texts).enumerated() {
        if let problem = problem(before, after, place, number, made, messages) { return problem }
      }
    }
    return turnProblem(in: made, of: messages)
  }

  /// A user message goes only with all that answers it, and the other way round.
  private static func turnProblem(
    in made: CompressedContext, of messages: [ContextMessage]
  ) -> SpanProblem? {
    var turnIsDropped: Bool?
    for (source, result) in zip(messages, made.messages) {
      if source.role == .user {
        turnIsDropped = result.isDropped
      } else if result.isDropped != (turnIsDropped ?? false) {
        return .splitTurn
      }
    }
    return nil
  }

  private static func problem(
    _ before: String, _ after: CompressedText, _ message: Int, _ text: Int,
    _ made: CompressedContext, _ messages: [ContextMessage]
  ) -> SpanProblem? {
    let source = Array(before.utf8)
    let output = Array(after.text.utf8)
    if !source.isEmpty, source.contains(where: { $0 > 0x20 }), output.isEmpty {
      return .notTheSource
    }
    var read = 0
    var written = 0
    var cuts: [Int] = []
    for span in after.spans {
      let range = span.source
      guard range.lowerBound == read, range.upperBound <= source.count, !range.isEmpty else {
        return .notTheSource
      }
      read = range.upperBound
      switch span.fate {
      case .kept, .protected:
        guard written + range.count <= output.count,
          source[range] == output[written..<written + range.count]
        else { return .notTheSource }
        written += range.count
      case .dropped(.notNeeded):
        cuts += [range.lowerBound, range.upperBound]
      case .dropped(.duplicate(let place)):
        let isHere = place.message == message && place.text == text
        guard place.message <= message, messages.indices.contains(place.message),
          messages[place.message].texts.indices.contains(place.text),
          !isHere || place.offset + range.count <= range.lowerBound,
          stands(source[range], at: place, made, messages)
        else { return .notADuplicate }
        cuts += [range.lowerBound, range.upperBound]
      case .rewritten(let method, let bytes):
        guard bytes >= 0, written + bytes <= output.count else { return .notTheSource }
        let piece = Array(output[written..<written + bytes])
        guard RewriteCheck.isFaithful(method, Array(source[range]), piece) else {
          return .changedWords
        }
        written += bytes
      case .summarised(let bytes):
        guard bytes >= 0, written + bytes <= output.count else { return .notTheSource }
        let piece = String(decoding: output[written..<written + bytes], as: UTF8.self)
        let original = String(decoding: source[range], as: UTF8.self)
        if let problem = SummaryCheck.problem(in: piece, of: original) { return problem }
        written += bytes
        cuts += [range.lowerBound, range.upperBound]
      }
    }
    guard read == source.count, written == output.count else { return .notTheSource }
    return CutCheck.problem(of: cuts, in: source)
  }

  /// Whether bytes stand at a place of the source that is not itself dropped.
  private static func stands(
    _ bytes: ArraySlice<UInt8>, at place: SpanPlace, _ made: CompressedContext,
    _ messages: [ContextMessage]
  ) -> Bool {
    let text = messages[place.message].texts[place.text].utf8
    guard place.offset >= 0, place.offset + bytes.count <= text.count,
      !made.messages[place.message].isDropped
    else { return false }
    let start = text.index(text.startIndex, offsetBy: place.offset)
    guard text[start...].prefix(bytes.count).elementsEqual(bytes) else { return false }
    let range = place.offset..<place.offset + bytes.count
    let spans = made.messages[place.message].texts[place.text].spans
    // The first span that reaches into the range: they stand in order.
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].source.upperBound <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    while low < spans.count, spans[low].source.lowerBound < range.upperBound {
      if case .dropped = spans[low].fate { return false }
      low += 1
    }
    return true
  }
}
