import JSONReading
import RoutingTestSupport
import Testing

/// The one byte form of a text.
struct CanonicalTests {
  @Test(
    arguments: [
      (#"{"a":1,"b":2}"#, #" { "b" : 2 , "a" : 1 } "#),
      (#"{"a":"é\n"}"#, #"{"\u0061":"\u00e9\u000a"}"#),
      (#"{"":0,"a":[ ],"aa":{}}"#, #"{"aa":{ },"a":[],"":0}"#),
    ])
  func `makes no difference of how a text is laid out`(a: String, b: String) throws {
    #expect(try form(a) == form(b))
  }

  @Test(
    arguments: [
      (#"{"a":1}"#, #"{"a":1.0}"#), (#"{"a":null}"#, "{}"), (#"["a","b"]"#, #"["b","a"]"#),
      (#"["ab","c"]"#, #"["a","bc"]"#), ("[[],[]]", "[[[]]]"), (#""1""#, "1"),
      (#"{"a":{"b":1},"c":2}"#, #"{"a":{"b":1,"c":2}}"#), (#"{"a":"x "}"#, #"{"a":"x"}"#),
      ("[true]", #"["t"]"#), (#"{"A":1}"#, #"{"a":1}"#), ("[[],{}]", "[{},[]]"),
    ])
  func `makes a difference of what a text says`(a: String, b: String) throws {
    #expect(try form(a) != form(b))
  }

  @Test func `is the same for two spellings and another for two values`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    var forms: [[UInt8]: Sketch] = [:]
    for _ in 0..<3000 {
      let value = Sketch(depth: 0, &random)
      let one = try form(value.spelled(&random))
      let two = try form(value.spelled(&random))
      #expect(one == two, "seed \(seed): \(value)")
      if let known = forms[one] { #expect(known == value, "seed \(seed)") }
      forms[one] = value
    }
    SharedData.say("canonical forms: 3000 values, \(forms.count) different, seed \(seed)")
    #expect(forms.count > 1000)
  }

  @Test func `leaves out members of the outermost object only, after a prefix`() throws {
    let names = JSONNames(["stream", "cache"])
    let whole = try JSONText(#"{"stream":true,"a":{"stream":1},"c\u0061che":{}}"#)
    let rest = try JSONText(#"{"a":{"stream":1}}"#)
    #expect(whole.canonicalBytes(leavingOut: names) == rest.canonicalBytes())
    let prefixed = try #require(rest.canonicalBytes(after: [1, 2, 3]))
    #expect(prefixed == [1, 2, 3] + (rest.canonicalBytes() ?? []))
  }

  private func form(_ text: String) throws -> [UInt8] {
    try #require(try JSONText(text).canonicalBytes())
  }
}

/// A value that can be spelled in many ways.
private indirect enum Sketch: Hashable {
  case word(String)
  case text(String)
  case list([Sketch])
  case object([String: Sketch])

  private static let letters = Array("abé\u{1F600}\"\\\n ")

  init(depth: Int, _ random: inout SplitMix) {
    switch Int.random(in: 0..<(depth > 3 ? 2 : 5), using: &random) {
    case 0:
      self = .word(
        ["1", "1.0", "-3e4", "true", "false", "null"].randomElement(using: &random) ?? "0")
    case 1: self = .text(Self.text(&random))
    case 2:
      self = .list(
        (0..<Int.random(in: 0...4, using: &random)).map { _ in Sketch(depth: depth + 1, &random) })
    default:
      var members: [String: Sketch] = [:]
      // Now and then more than are sorted in place.
      let most = Int.random(in: 0..<20, using: &random) == 0 ? 40 : 5
      for _ in 0..<Int.random(in: 0...most, using: &random) {
        members[Self.text(&random)] = Sketch(depth: depth + 1, &random)
      }
      self = .object(members)
    }
  }

  private static func text(_ random: inout SplitMix) -> String {
    String(
      (0..<Int.random(in: 0...6, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? "a"
      })
  }

  func spelled(_ random: inout SplitMix) -> String {
    let space = ["", " ", "\n\t"].randomElement(using: &random) ?? ""
    switch self {
    case .word(let word): return word
    case .text(let text): return Self.spelled(text, &random)
    case .list(let values):
      return "[\(space)" + values.map { $0.spelled(&random) }.joined(separator: "\(space),") + "]"
    case .object(let members):
      let parts = members.shuffled(using: &random).map { key, value in
        Self.spelled(key, &random) + "\(space):" + value.spelled(&random)
      }
      return "{" + parts.joined(separator: ",\(space)") + "\(space)}"
    }
  }

  private static func spelled(_ text: String, _ random: inout SplitMix) -> String {
    var spelled = "\""
    for character in text.unicodeScalars {
      let mustEscape = character == "\"" || character == "\\" || character.value < 0x20
      if mustEscape || Bool.random(using: &random) {
        for unit in String(character).utf16 {
          let digits = String(unit, radix: 16)
          spelled += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      } else {
        spelled.unicodeScalars.append(character)
      }
    }
    return spelled + "\""
  }
}
