import JSONReading
import OpenAIWire
import RoutingTestSupport
import Testing

/// What providers and callers might send, and worse: nothing crashes, and what is read is kept.
struct MutatedExchangeTests {
  private static let seed: UInt64 = 4711
  private static let rounds = 8_000

  @Test func `mutated requests are refused in place or kept whole`() throws {
    let sample =
      #"{"model":"a","x":[1e400,{"y":null}],"max_tokens":5,"temperature":0.5,"stream":true,"tools":[{"type":"function","function":{"name":"f"}}],"messages":[{"role":"system","content":"s\n\u00e9"},{"role":"user","content":[{"type":"text","text":"q"},{"type":"image_url","image_url":{"url":"u"}}]},{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":"4"}]}"#
    var random = SplitMix(state: Self.seed)
    var codes: [String: Int] = [:]
    for round in 0..<Self.rounds {
      let bytes = mutated(Array(sample.utf8), using: &random)
      do {
        let request = try ChatRequest(bytes)
        let edits = UpstreamEdits(model: "m", maxTokens: 9, system: [.prepend("p")])
        let again = try ChatRequest(request.body(applying: edits))
        #expect(again.model == "m" && again.maxTokens == 9, "round \(round)")
        #expect(again.includeUsage == again.stream, "round \(round)")
        let users = request.messages.filter { $0.role == .user }.map(\.text)
        #expect(again.messages.filter { $0.role == .user }.map(\.text) == users, "round \(round)")
        codes["read", default: 0] += 1
      } catch {
        #expect(error.place != nil, "round \(round): \(error)")
        codes[error.code, default: 0] += 1
      }
    }
    say("requests", codes)
    #expect(codes["read", default: 0] > Self.rounds / 20)
    #expect(codes.count >= 6)
  }

  @Test func `mutated answers and streams are read or told apart`() {
    let sample = ChatResponse(
      id: "i", model: "m", created: 1,
      choices: [
        .init(
          text: "hello", toolCalls: [ToolCall(id: "t", name: "f", arguments: "{}")], finish: .stop,
          logprobs: [TokenLogprob(token: "h", millionths: -3)])
      ], usage: Usage(prompt: 10, completion: 4, cached: 2, reasoning: 1))
    let chunk = ChatChunk(
      choices: [.init(text: "hi", toolCalls: [.init(index: 0, id: "t", name: "f")])])
    let last = ChatChunk(
      choices: [.init(finish: .stop)], usage: Usage(prompt: 1, completion: 1))
    let stream = chunk.event + last.event + ChatChunk.doneEvent
    var random = SplitMix(state: Self.seed)
    var codes: [String: Int] = [:]
    for round in 0..<Self.rounds {
      do throws(WireProblem) {
        let answer =
          try round.isMultiple(of: 2)
          ? ChatResponse(mutated(sample.body, using: &random))
          : streamed(mutated(stream, using: &random))
        if let usage = answer.usage {
          let most = 4 * Usage.limit
          #expect((0...most).contains(usage.prompt) && (0...most).contains(usage.completion))
          #expect(usage.cached >= 0 && usage.reasoning >= 0)
        } else {
          #expect(answer.usageProblem != nil)
        }
        codes["read", default: 0] += 1
      } catch {
        codes[error.code, default: 0] += 1
      }
    }
    say("answers and streams", codes)
    #expect(codes["read", default: 0] > Self.rounds / 20)
    #expect(codes.count >= 5)
  }

  private func streamed(_ bytes: [UInt8]) throws(WireProblem) -> ChatResponse {
    var stream = ChatStream()
    _ = stream.feed(bytes)
    return try stream.finish()
  }

  private func say(_ what: String, _ codes: [String: Int]) {
    let counts = codes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    SharedData.say("mutated \(what), seed \(Self.seed): \(counts.joined(separator: ", "))")
  }

  /// Cuts, doubles, swaps and spoils, most often at the level of tokens.
  private func mutated(_ sample: [UInt8], using random: inout SplitMix) -> [UInt8] {
    var bytes = sample
    let tokens = ["null", "0", "-1", "1.5", "\"x\"", "[]", "{}", "true", "1e99", "\n\n", "data: "]
    for _ in 0..<(1 + random.next() % 2) {
      let place = Int(random.next() % UInt64(bytes.count + 1))
      let end = min(bytes.count, place + Int(random.next() % 8))
      switch random.next() % 5 {
      case 0:
        let token = tokens[Int(random.next() % UInt64(tokens.count))]
        bytes.replaceSubrange(valueRange(at: place, in: bytes), with: token.utf8)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      default: bytes.replaceSubrange(valueRange(at: place, in: bytes), with: "7".utf8)
      }
      if bytes.isEmpty { return [0x20] }
    }
    return bytes
  }

  /// From after a colon to before the next comma or bracket.
  private func valueRange(at place: Int, in bytes: [UInt8]) -> Range<Int> {
    let colon = bytes[..<place].lastIndex(of: UInt8(ascii: ":")) ?? -1
    let start = colon + 1
    let stops = Array(",}]".utf8)
    let end = bytes[start...].firstIndex { stops.contains($0) } ?? bytes.count
    return start..<end
  }
}
