import RoutingTestSupport
import Testing

@testable import PolicyLanguageServer

@Suite struct `Messages of a stream` {
  /// All messages of a stream that comes in pieces, and what stopped it.
  private static func messages(
    _ pieces: [ArraySlice<UInt8>]
  ) -> (found: [[UInt8]], problem: FrameProblem?, isInside: Bool) {
    var reader = FrameReader()
    var found: [[UInt8]] = []
    do throws(FrameProblem) {
      for piece in pieces {
        reader.append(piece)
        while let message = try reader.next() { found.append(message) }
      }
    } catch {
      return (found, error, reader.isInsideMessage)
    }
    return (found, nil, reader.isInsideMessage)
  }

  private static func messages(_ text: String) -> (found: [String], problem: FrameProblem?) {
    let result = messages([Array(text.utf8)[...]])
    return (result.found.map { String(decoding: $0, as: UTF8.self) }, result.problem)
  }

  @Test func `are found however the bytes are cut`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    var count = 0
    for _ in 0..<400 {
      var written: [[UInt8]] = []
      var stream: [UInt8] = []
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let length = Int.random(in: 0...300, using: &random)
        // What a header is made of is as likely inside a message as anything else.
        let alphabet = Array("\r\n: Content-Length{}0123456789é".utf8)
        let message = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        written.append(message)
        let line = Bool.random(using: &random) ? "\r\n" : "\n"
        let name = ["Content-Length", "content-length", "CONTENT-LENGTH"]
          .randomElement(using: &random)
        let type = "Content-Type: application/vscode-jsonrpc; charset=utf-8\(line)"
        let before = Bool.random(using: &random) ? type : ""
        let after = Bool.random(using: &random) ? type : ""
        let header = "\(before)\(name ?? ""): \(message.count)\(line)\(after)\(line)"
        stream += Array(header.utf8) + message
      }
      var pieces: [ArraySlice<UInt8>] = []
      var rest = stream[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...40, using: &random))
        pieces.append(piece)
        rest = rest.dropFirst(piece.count)
      }
      let result = Self.messages(pieces)
      let isWhole = result.found == written && result.problem == nil && !result.isInside
      #expect(isWhole, "seed \(seed)")
      count += written.count
    }
    SharedData.say("framing: \(count) messages in pieces, seed \(seed)")
  }

  @Test func `end with one clear error where nobody knows the next one's start`() {
    let huge = "9999999999999999999999999"
    let cases: [(String, FrameProblem)] = [
      ("Content-Type: x\r\n\r\n{}", .noLength),
      ("\r\n\r\n", .noLength),
      ("Content-Length: two\r\n\r\n{}", .noNumber(" two")),
      ("Content-Length: -1\r\n\r\n{}", .noNumber(" -1")),
      ("Content-Length:\r\n\r\n{}", .noNumber("")),
      ("Content-Length: 1 2\r\n\r\n{}", .noNumber(" 1 2")),
      ("Content-Length: \(huge)\r\n\r\n{}", .tooLong(huge)),
      ("Content-Length: 67108865\r\n\r\n{}", .tooLong("67108865")),
      ("Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}", .twoLengths(1, 2)),
      ("{\"jsonrpc\"\r\n\r\n", .notAHeader("{\"jsonrpc\"")),
      (String(repeating: "a: b\r\n", count: 2000), .headerTooLong),
    ]
    for (text, problem) in cases {
      let result = Self.messages(text)
      #expect(result.problem == problem && result.found.isEmpty, "\(text.prefix(40))")
      #expect(!problem.message.isEmpty)
    }
  }

  @Test func `are not given out before they are complete`() {
    let result = Self.messages([Array("Content-Length: 4\r\n\r\n{ }".utf8)[...]])
    #expect(result.found.isEmpty && result.problem == nil && result.isInside)
    let same = Self.messages("Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}")
    #expect(same.found == ["{}"])
  }

  @Test func `that are noise never stop the reader otherwise than by its error`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    var refused = 0
    for _ in 0..<2000 {
      var bytes = Array("Content-Length: 20\r\n\r\n{\"jsonrpc\":\"2.0\"}   ".utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0 ... .max, using: &random)
      }
      if Self.messages([bytes[...]]).problem != nil { refused += 1 }
    }
    #expect(refused > 0, "seed \(seed)")
    SharedData.say("framing: \(refused) of 2000 broken streams refused, seed \(seed)")
  }
}
