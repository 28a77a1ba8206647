/// The texts of a request that may be compressed, cut into units.
struct ContextSource {
  let messages: [ContextMessage]
  let protections: [Protection?]
  /// Those that may be compressed and are not empty, in order.
  let texts: [SourceText]
  /// Messages that stand and fall together: from a user message to the next.
  ///
  /// Nil where something in between has to stay.
  let turns: [Int?]

  /// A text and its units.
  struct SourceText {
    let message: Int
    let text: Int
    let bytes: [UInt8]
    let units: [TextUnit]
  }

  init(_ messages: [ContextMessage]) {
    self.messages = messages
    protections = Protection.ofMessages(messages)
    var texts: [SourceText] = []
    for (place, message) in messages.enumerated() where protections[place] == nil {
      for (number, text) in message.texts.enumerated() {
        let bytes = Array(text.utf8)
        let units = UnitReader.units(of: bytes)
        guard !units.isEmpty else { continue }
        texts.append(SourceText(message: place, text: number, bytes: bytes, units: units))
      }
    }
    self.texts = texts
    turns = Self.turns(of: messages, protections)
  }

  private static func turns(
    of messages: [ContextMessage], _ protections: [Protection?]
  ) -> [Int?] {
    var turns: [Int?] = Array(repeating: nil, count: messages.count)
    var start = 0
    while start < messages.count {
      var end = start + 1
      while end < messages.count, messages[end].role != .user { end += 1 }
      let stays = (start..<end).contains { protections[$0] != nil || messages[$0].hasMedia }
      if messages[start].role == .user, !stays {
        for place in start..<end { turns[place] = start }
      }
      start = end
    }
    return turns
  }

  /// The live question, and the one before it.
  var questions: (live: [UInt8], earlier: [UInt8]) {
    let users = messages.indices.filter { messages[$0].role == .user }
    func text(_ place: Int?) -> [UInt8] {
      guard let place else { return [] }
      return Array(messages[place].texts.joined(separator: "\n").utf8)
    }
    return (text(users.last), text(users.dropLast().last))
  }

  // MARK: - Results

  /// A text that was made: the pieces of its source, in order.
  struct MadeText {
    var pieces: [Piece] = []

    struct Piece {
      let source: Range<Int>
      let fate: CompressionSpan.Fate
      /// What stands for it, if it is written otherwise.
      var written: [UInt8] = []
    }
  }

  /// What was made of the texts, one for each of ``texts``; nil drops the text with its turn.
  func context(of made: [MadeText?]) -> CompressedContext {
    var result = unchanged(.nothingSaved)
    guard !texts.isEmpty, made.count == texts.count else {
      return unchanged(.nothingToCompress)
    }
    var after = 0
    for (source, text) in zip(texts, made) {
      guard let text else {
        let whole = CompressionSpan(
          source: 0..<source.bytes.count, fate: .dropped(.notNeeded))
        result.messages[source.message].texts[source.text] = CompressedText(
          text: "", spans: [whole])
        result.messages[source.message].isDropped = true
        continue
      }
      let written = Self.written(text, of: source.bytes)
      after += written.text.utf8.count
      result.messages[source.message].texts[source.text] = written
    }
    // A turn that goes takes its empty messages along.
    let gone = Set(
      result.messages.indices.filter { result.messages[$0].isDropped }.map { turns[$0] })
    for place in result.messages.indices where turns[place] != nil && gone.contains(turns[place]) {
      result.messages[place].isDropped = true
      for text in result.messages[place].texts.indices {
        let whole = 0..<messages[place].texts[text].utf8.count
        result.messages[place].texts[text] = CompressedText(
          text: "",
          spans: whole.isEmpty
            ? [] : [CompressionSpan(source: whole, fate: .dropped(.notNeeded))])
      }
    }
    result.bytesAfter = after
    guard after < result.bytesBefore else { return unchanged(.nothingSaved) }
    result.outcome = .compressed
    return result
  }

  private static func written(_ made: MadeText, of bytes: [UInt8]) -> CompressedText {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var spans: [CompressionSpan] = []
    for piece in made.pieces where !piece.source.isEmpty {
      switch piece.fate {
      case .kept, .protected: output += bytes[piece.source]
      case .rewritten, .summarised: output += piece.written
      case .dropped: break
      }
      if let last = spans.last, last.fate == piece.fate, piece.fate.joins {
        spans[spans.count - 1] = CompressionSpan(
          source: last.source.lowerBound..<piece.source.upperBound, fate: last.fate)
      } else {
        spans.append(CompressionSpan(source: piece.source, fate: piece.fate))
      }
    }
    return CompressedText(text: String(decoding: output, as: UTF8.self), spans: spans)
  }

  /// The messages as they were given.
  func unchanged(_ outcome: CompressedContext.Outcome) -> CompressedContext {
    let before = texts.reduce(0) { $0 + $1.bytes.count }
    let kept = messages.enumerated().map { place, message in
      CompressedMessage(
        texts: message.texts.map { text in
          let fate: CompressionSpan.Fate =
            protections[place].map { .protected($0) } ?? .kept
          let count = text.utf8.count
          return CompressedText(
            text: text,
            spans: count == 0 ? [] : [CompressionSpan(source: 0..<count, fate: fate)])
        },
        protection: protections[place], isDropped: false)
    }
    return CompressedContext(
      messages: kept, outcome: outcome, bytesBefore: before, bytesAfter: before)
  }
}

extension CompressionSpan.Fate {
  /// Whether two neighbours of this fate are one span.
  fileprivate var joins: Bool {
    switch self {
    case .kept, .protected, .dropped(.notNeeded): true
    case .dropped(.duplicate), .rewritten, .summarised: false
    }
  }
}
