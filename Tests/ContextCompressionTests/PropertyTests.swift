import RoutingTestSupport
import Testing
import TokenEstimates

@testable import ContextCompression

@Suite struct `Whatever is compressed` {
  static let methods: [ContextCompressor.Method] = [
    .lossless, .extractive(.share(500_000)), .extractive(.share(100_000)),
    .extractive(.tokens(20, .openAI)), .extractive(.share(0)),
  ]

  @Test func `is made of its source, and what is protected is untouched`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    var compressed = 0
    var rounds = 0
    var failed = 0
    for _ in 0..<1_500 {
      let messages = ContextText.conversation(&random)
      for method in Self.methods {
        rounds += 1
        let made = ContextCompressor(method).compress(messages)
        if case .checkFailed(let problem) = made.outcome {
          // The original is sent then, so that this costs money and no meaning; it has to be rare.
          let places = torn(ContextCompressor(method).draft(messages), messages)
          print("\(problem) by \(method) with seed \(seed): \(places)")
          failed += 1
        }
        if made.outcome == .compressed { compressed += 1 }
        if let broken = broken(made, of: messages, method) {
          Issue.record("\(broken) by \(method) with seed \(seed)")
          return
        }
      }
    }
    print(
      "compressed \(compressed) of \(rounds) generated conversations, \(failed) failed the check, "
        + "seed \(seed)")
    #expect(failed * 1_000 <= rounds * 2)
    #expect(compressed > rounds / 4)
  }

  /// What ``SpanCheck`` promises, said once more in other words; nil if all of it holds.
  private func broken(
    _ made: CompressedContext, of messages: [ContextMessage], _ method: ContextCompressor.Method
  ) -> String? {
    let question = messages.lastIndex { $0.role == .user }
    for (place, (source, result)) in zip(messages, made.messages).enumerated() {
      if source.role == .system || source.role == .tool || source.hasCalls || source.isCached
        || source.name != nil || place >= question ?? 0
      {
        guard !result.isDropped, result.texts.map(\.text) == source.texts else {
          return "message \(place) is touched: \(source)"
        }
      }
      guard !result.isDropped else { continue }
      for (before, after) in zip(source.texts, result.texts) {
        guard method == .lossless || isCutFrom(before, after) else {
          return "\(after) is not cut from \(before)"
        }
        // Code is not touched, and not one block of it is missing.
        guard fences(before) == fences(after.text) else {
          return "code is missing in \(after.text.debugDescription) of \(before.debugDescription)"
        }
      }
    }
    return made.bytesAfter <= made.bytesBefore ? nil : "it is longer"
  }

  /// The cuts that the check does not like, with what stands around them.
  private func torn(_ made: CompressedContext, _ messages: [ContextMessage]) -> [String] {
    var found: [String] = []
    for (source, result) in zip(messages, made.messages) where !result.isDropped {
      for (before, after) in zip(source.texts, result.texts) {
        let bytes = Array(before.utf8)
        for span in after.spans {
          guard case .dropped = span.fate else { continue }
          for cut in [span.source.lowerBound, span.source.upperBound] {
            guard let problem = CutCheck.problem(of: [cut], in: bytes) else { continue }
            let left = String(decoding: bytes[max(0, cut - 60)..<cut], as: UTF8.self)
            let right = String(
              decoding: bytes[cut..<min(bytes.count, cut + 40)], as: UTF8.self)
            found.append("\(problem) \(left.debugDescription)¦\(right.debugDescription)")
          }
        }
      }
    }
    return found
  }

  private func isCutFrom(_ before: String, _ after: CompressedText) -> Bool {
    let source = Array(before.utf8)
    var made: [UInt8] = []
    for span in after.spans {
      switch span.fate {
      case .kept, .protected: made += source[span.source]
      case .dropped: break
      case .rewritten, .summarised: return false
      }
    }
    return made.elementsEqual(after.text.utf8)
  }

  /// The code between fences, of backticks or of tildes; neither closes the other.
  private func fences(_ text: String) -> [String] {
    var found: [String] = []
    var open: (text: String, mark: Character, length: Int)?
    // A carriage return and a newline are one character.
    for written in text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      let line = written.drop { $0 == " " || $0 == "\t" }
      let mark = line.first ?? " "
      let length = line.prefix { $0 == mark }.count
      if let inside = open {
        // A fence is closed by one as long.
        if mark == inside.mark, length >= inside.length,
          line.allSatisfy({ $0 == mark || $0.isWhitespace })
        {
          found.append(inside.text)
          open = nil
        } else {
          open?.text += written + "\n"
        }
      } else if mark == "`" || mark == "~", length >= 3,
        mark == "~" || !line.dropFirst(length).contains("`")
      {
        open = ("", mark, length)
      }
    }
    return found
  }

  @Test func `of any bytes ends without a crash`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    for round in 0..<1_200 {
      var bytes = Array(ContextText.text(of: Int.random(in: 0...20, using: &random), &random).utf8)
      for _ in 0..<Int.random(in: 0...12, using: &random) where !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      // As bytes that are no UTF-8, and as the string they are read as.
      let units = UnitReader.units(of: bytes)
      #expect(units.isEmpty || units.last?.range.upperBound == bytes.count)
      let messages = ContextText.asked("fee?", of: String(decoding: bytes, as: UTF8.self))
      for method in Self.methods {
        let made = ContextCompressor(method).compress(messages)
        #expect(SpanCheck.problem(in: made, of: messages) == nil, "seed \(seed), round \(round)")
      }
    }
  }

  @Test func `is the same every time`() {
    var random = SplitMix(state: 7)
    for _ in 0..<50 {
      let messages = ContextText.conversation(&random)
      let compressor = ContextCompressor(.extractive(.share(400_000)))
      #expect(compressor.compress(messages) == compressor.compress(messages))
    }
  }
}
