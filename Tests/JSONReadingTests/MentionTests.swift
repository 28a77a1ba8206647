import JSONReading
import RoutingTestSupport
import Testing

struct MentionTests {
  private static let seed: UInt64 = 20_261_121
  private static let rounds = 5_000
  private static let name: StaticString = "cache_control"
  private static let words = [
    "cache_control", "cache_contro", "cache_controls", "Cache_control", "ttl", "type", "line one",
  ]

  @Test func `a text that does not mention a name has it nowhere`() throws {
    var random = SplitMix(state: Self.seed)
    var mentioned = 0
    for round in 0..<Self.rounds {
      let json = try JSONText(object(using: &random))
      let isThere = has("\(Self.name)", in: json.root)
      if isThere { mentioned += 1 }
      if !json.mayMention(Self.name) {
        #expect(!isThere, "seed \(Self.seed), round \(round): \(json.root.raw)")
      }
    }
    SharedData.say("mentions: seed \(Self.seed), \(mentioned) of \(Self.rounds) have the name")
    #expect(mentioned > Self.rounds / 10 && mentioned < Self.rounds)
  }

  @Test(arguments: [
    #"{"model":"m","messages":[{"content":"hello"}]}"#, #"{"cache_contro":1,"cache_controls":2}"#,
    #"{"a":"\n","b":"a text with a \"few\" escapes, longer than the name is,"#
      + #" however many of its letters are written as escapes"}"#,
  ])
  func `a text without the name, or anything like it, does not mention it`(text: String) throws {
    #expect(try !JSONText(text).mayMention(Self.name))
  }

  private func has(_ name: String, in value: JSONValue) -> Bool {
    if value.string == name { return true }
    for (key, member) in value.members where key.string == name || has(name, in: member) {
      return true
    }
    return value.elements.contains { has(name, in: $0) }
  }

  /// A few members, some in an object of their own, each letter of some words escaped.
  private func object(using random: inout SplitMix) -> String {
    let members = (0..<(1 + random.next() % 3)).map { index in
      let value =
        random.next() % 3 == 0
        ? "{\(spelled(using: &random)):[\(spelled(using: &random))]}" : spelled(using: &random)
      // Keys of one object differ.
      return index == 0 ? "\(spelled(using: &random)):\(value)" : "\"k\(index)\":\(value)"
    }
    return "{\(members.joined(separator: ","))}"
  }

  private func spelled(using random: inout SplitMix) -> String {
    let word = Self.words[Int(random.next() % UInt64(Self.words.count))]
    guard random.next() % 2 == 0 else { return "\"\(word)\"" }
    var text = ""
    for letter in word.unicodeScalars {
      let digits = String(letter.value, radix: 16)
      let escape = "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      text += random.next() % 4 == 0 ? escape : String(letter)
    }
    return "\"\(text)\""
  }
}
