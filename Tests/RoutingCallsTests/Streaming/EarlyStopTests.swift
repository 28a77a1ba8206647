import OpenAIWire
import RoutingRuntime
import Testing

@testable import RoutingCalls

/// Chunks as one read or several bring them: where an answer ends must not hang on that.
@Suite struct `An early stop` {
  /// Ends behind the first `END`.
  private struct AfterEND: AnswerWatching {
    private var text = ""
    mutating func end(in piece: String) -> Int? {
      let before = text.utf8.count
      text += piece
      guard let place = text.firstRange(of: "END") else { return nil }
      return text[..<place.upperBound].utf8.count - before
    }
  }

  private static func text(_ text: String) -> ChatChunk {
    ChatChunk(choices: [ChatChunk.Delta(text: text)])
  }
  private static func end(_ reason: FinishReason = .stop) -> ChatChunk {
    ChatChunk(choices: [ChatChunk.Delta(finish: reason)])
  }

  /// The text that goes out, and why it says it ended, of chunks that come in these reads.
  private static func heard(_ reads: [[ChatChunk]]) -> (text: String, finish: FinishReason?) {
    var stop = EarlyStop(AfterEND())
    var out: [ChatChunk] = []
    for read in reads {
      if let last = stop.end(in: read) {
        out += last
        break
      }
      out += read
    }
    let deltas = out.flatMap(\.choices)
    return (deltas.compactMap(\.text).joined(), deltas.compactMap(\.finish).last)
  }

  /// Every way to cut a row of chunks into reads.
  private static func cuts(_ chunks: [ChatChunk]) -> [[[ChatChunk]]] {
    (0..<(1 << (chunks.count - 1))).map { mask in
      var reads = [[chunks[0]]]
      for place in 1..<chunks.count {
        if mask & (1 << (place - 1)) != 0 {
          reads.append([chunks[place]])
        } else {
          reads[reads.count - 1].append(chunks[place])
        }
      }
      return reads
    }
  }

  @Test(arguments: [
    (["aEND", " tail"], "aEND"), (["a", "EN", "D", "secret", " tail"], "aEND"),
    (["{", "END", "}"], "{END"), (["{END}"], "{END"), (["aEND"], "aEND"), (["a"], "a"),
  ])
  func `falls in the same place however the answer comes`(pieces: [String], left: String) {
    for reason in [FinishReason.stop, .length] {
      for reads in Self.cuts(pieces.map(Self.text) + [Self.end(reason)]) {
        let heard = Self.heard(reads)
        #expect(heard.text == left, "\(reads.map(\.count))")
        #expect(heard.finish == (left == "a" ? reason : .stop), "\(reads.map(\.count))")
      }
    }
  }
}
