import JSONReading
import RoutingTestSupport
import Testing

struct MutationTests {
  private static let seed: UInt64 = 20_260_504
  private static let rounds = 60_000

  private static let samples = [
    #"{"model": "gpt-4o", "messages": [{"role": "user", "content": "h\u00e9llo \ud83d\ude00\n"}]}"#,
    #"[1, -2.5e+10, 0.0, true, false, null, "", {}, [], [[[]]], {"a": {"b": [1]}}]"#,
    #" {"a" : 1 , "b" : "\"\\\/" , "\u0061b" : [ "日本" , "\t" ] } "#,
    #""just a string""#, "-0", "[[1,2],[3,[4,[5]]]]",
    #"{"k1":1,"k2":2,"k3":3,"k4":4,"k5":5,"k6":6,"k7":7,"k8":8,"k9":9,"ka":10,"kb":11,"kc":12,"kd":13,"ke":14,"kf":15,"kg":16,"kh":17,"ki":18}"#,
  ].map { Array($0.utf8) }

  @Test func `agrees with a slow reader on mutated texts`() {
    var random = SplitMix(state: Self.seed)
    var accepted = 0
    var names: [String: Int] = [:]
    for round in 0..<Self.rounds {
      let text = mutated(using: &random)
      let expected = ReferenceJSON.accepts(text)
      do {
        let json = try JSONText(text)
        accepted += 1
        #expect(expected, "round \(round): accepted \(String(decoding: text, as: UTF8.self))")
        let rebuilt = rewritten(json.root)
        let again = try? JSONText(rebuilt)
        #expect(again.map { rewritten($0.root) } == rebuilt, "round \(round)")
      } catch {
        names[error.code, default: 0] += 1
        #expect(!expected, "round \(round): refused \(String(decoding: text, as: UTF8.self))")
        #expect(error.place.offset <= text.count)
      }
    }
    SharedData.say(
      "mutated JSON: seed \(Self.seed), \(Self.rounds) texts, \(accepted) accepted, "
        + names.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
    #expect(accepted > Self.rounds / 10)
    #expect(names.count >= 5)
  }

  private func mutated(using random: inout SplitMix) -> [UInt8] {
    var text = Self.samples[Int(random.next() % UInt64(Self.samples.count))]
    for _ in 0..<(1 + random.next() % 3) {
      let place = text.isEmpty ? 0 : Int(random.next() % UInt64(text.count))
      let marks =
        Array("{}[]:,\"\\u0eE+-. \n\t1atfnd8\u{7F}".utf8) + [0x00, 0x1F, 0x80, 0xC3, 0xED, 0xFF]
      let mark = marks[Int(random.next() % UInt64(marks.count))]
      switch random.next() % 6 {
      case 0 where !text.isEmpty: text.remove(at: place)
      case 1: text.insert(mark, at: place)
      case 2 where !text.isEmpty: text[place] = mark
      case 3 where !text.isEmpty: text[place] ^= 1 << UInt8(random.next() % 8)
      case 4: text = Array(text.prefix(place))
      default:
        let end = min(text.count, place + Int(random.next() % 12))
        text.insert(contentsOf: text[place..<end], at: place)
      }
    }
    return text
  }

  /// The text without its spaces, put together from the raw bytes of its leaves.
  private func rewritten(_ value: JSONValue) -> [UInt8] {
    var bytes: [UInt8] = []
    switch value.kind {
    case .object:
      for (key, member) in value.members {
        bytes += bytes.isEmpty ? [] : [UInt8(ascii: ",")]
        bytes += Array(key.raw) + [UInt8(ascii: ":")] + rewritten(member)
      }
      return [UInt8(ascii: "{")] + bytes + [UInt8(ascii: "}")]
    case .array:
      for element in value.elements {
        bytes += bytes.isEmpty ? [] : [UInt8(ascii: ",")]
        bytes += rewritten(element)
      }
      return [UInt8(ascii: "[")] + bytes + [UInt8(ascii: "]")]
    case .string, .number, .true, .false, .null: return Array(value.raw)
    }
  }
}
