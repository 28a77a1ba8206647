import JSONReading
import RoutingTestSupport
import Testing

@Suite struct `JSON lines` {
  private static let samples = [
    #"{"a":1,"b":"x\n","c":[1,{"d":null}]}"#, #"{}"#, #"[]"#, #""text""#, "12", "true",
    #"{"日本":"\u00e9","deep":{"deep":{"deep":[[[]]]}}}"#,
    #"{"a":"x","b":12.50,"c":0,"d":-1,"e":1e3,"f":true,"g":"","":7}"#,
    #"{ "a" : "x" , "b":{"c":0.5,"d":"y"}, "e":3 }"#,
  ]
  private static let wrong = [
    #"{"a":1"#, #"{"a" 1}"#, "nope", #"{"a":1,"a":2}"#, #"{"a":01}"#, #""open"#, "{} x",
    #"{"a":"x",}"#, #"{"a":1.}"#, #"{"a":.5}"#, #"{"a":1"b":2}"#, #"{"a":"b""c":1}"#, #"{"a":1 2}"#,
    #"{"a":"x" "y"}"#, #"{"a":"x":1}"#, #"{"a":1,"b"}"#, #"{"a":1,"b":}"#, #"{"a":1]"#,
    #"{"a":00}"#,
    #"{"a":"x","b":"y","a":3}"#, #"{"":1,"":2}"#,
  ]

  @Test func `read what each line by itself says, and go on behind a wrong one`() throws {
    let seed: UInt64 = 20_261_121
    var random = SplitMix(state: seed)
    var (right, bad) = (0, 0)
    for round in 0..<3_000 {
      var lines: [String] = []
      for _ in 0..<(random.next() % 12) {
        let isWrong = random.next() % 6 == 0
        let texts = isWrong ? Self.wrong : Self.samples
        lines.append(texts[Int(random.next() % UInt64(texts.count))])
        if random.next() % 5 == 0 { lines.append(random.next() % 2 == 0 ? "" : "  \r") }
      }
      let text = Array(lines.joined(separator: "\n").utf8) + (random.next() % 2 == 0 ? [0x0A] : [])
      let read = JSONLines(text)
      let found = (0..<read.count).map { String(decoding: text[read.range(of: $0)], as: UTF8.self) }
      // A line of two texts gives the first one: the second is what is wrong with it.
      let expected = lines.compactMap { line -> String? in
        if line == "{} x" { return "{}" }
        return Self.samples.contains(line) ? line : nil
      }
      let problems = lines.count(where: Self.wrong.contains)
      #expect(found == expected, "round \(round): \(lines)")
      #expect(read.problems.count == problems, "round \(round): \(lines)")
      right += found.count
      bad += read.problems.count
    }
    SharedData.say("JSON lines: seed \(seed), \(right) texts, \(bad) wrong ones")
    #expect(right > 5_000 && bad > 1_000)
  }

  @Test func `lose none of many small texts`() {
    let text = Array(String(repeating: "{}\n", count: 50_000).utf8)
    let read = JSONLines(text)
    #expect(read.count == 50_000)
    #expect(read.problems.isEmpty)
  }

  @Test func `find members by name, whatever their order`() throws {
    let columns = JSONColumns(["time", "tokens", "none", "name"])
    let text = Array(#"{"x":{"name":1},"name":"a\"b","tokens":-12,"time":1.5,"y":[]}"#.utf8)
    let read = JSONLines(text)
    var cells: [JSONCell] = []
    let object = try #require(read.object(of: 0))
    let others = read.pick(columns, in: object, into: &cells)
    #expect(others == 2)
    #expect(cells[0].isNumber && cells[0].whole == nil)
    #expect(cells[1].whole == -12)
    #expect(!cells[2].isThere)
    #expect(cells[3].isString && cells[3].isEscaped)
    #expect(cells[3].text(in: text) == "a\"b")
  }

  @Test(arguments: [
    ("9223372036854775807", Int64.max), ("9223372036854775808", nil),
    ("-9223372036854775808", Int64.min), ("-9223372036854775809", nil), ("0", 0), ("-0", 0),
    ("18446744073709551616", nil), ("1e3", nil), ("1.0", nil),
  ])
  func `read whole numbers that fit, and no others`(number: String, value: Int64?) throws {
    let read = JSONLines(Array(#"{"n":\#(number)}"#.utf8))
    var cells: [JSONCell] = []
    read.pick(JSONColumns(["n"]), in: try #require(read.object(of: 0)), into: &cells)
    #expect(cells[0].whole == value)
  }
}
