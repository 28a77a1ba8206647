import JSONReading
import Testing

struct JSONProblemTests {
  @Test(arguments: [
    ("", "line 1, column 1 (byte 0): there is no JSON here"),
    (" \n ", "line 2, column 2 (byte 3): there is no JSON here"),
    (#"{"a": [1, 2"#, "line 1, column 12 (byte 11), at a[2]: the JSON ends before it is complete"),
    (#"{"a": }"#, "line 1, column 7 (byte 6), at a: `}` where a value must stand"),
    (#"[1,]"#, "line 1, column 4 (byte 3), at [1]: `]` where a value must stand"),
    (#"{"a" 1}"#, "line 1, column 6 (byte 5), at a: `1` where a colon must stand"),
    (#"{a: 1}"#, "line 1, column 2 (byte 1): `a` where a key in double quotes must stand"),
    (#"[1 2]"#, "line 1, column 4 (byte 3), at [1]: `2` where a comma or `]` must stand"),
    (
      "{\"a\": 1\n \"b\": 2}",
      "line 2, column 2 (byte 9), at a: `\"` where a comma or `}` must stand"
    ),
    ("[1] x", "line 1, column 5 (byte 4): something follows the JSON value"),
    (#"{"t": 01}"#, "line 1, column 7 (byte 6), at t: `01` is not a number of JSON"),
    (#"{"t": -}"#, "line 1, column 7 (byte 6), at t: `-` is not a number of JSON"),
    ("[1.]", "line 1, column 2 (byte 1), at [0]: `1.` is not a number of JSON"),
    (#"{"t": NaN}"#, "line 1, column 7 (byte 6), at t: `NaN` is not a value of JSON"),
    ("[-Infinity]", "line 1, column 2 (byte 1), at [0]: `-Infinity` is not a number of JSON"),
    (#"{"a": "\x"}"#, "line 1, column 8 (byte 7), at a: unknown escape in a string"),
    (
      #"{"é": "日\ud800x"}"#,
      #"line 1, column 9 (byte 11), at ["é"]: half a surrogate pair in a string"#
    ),
    ("[\"a\tb\"]", "line 1, column 4 (byte 3), at [0]: a tab inside a string must be escaped"),
    (
      #"{"m": [{"c": "never ends}]}"#,
      "line 1, column 14 (byte 13), at m[0].c: the string never ends"
    ),
    (
      #"{"m": {"a": 1, "b": 2, "a": 3}}"#,
      "line 1, column 24 (byte 23), at m.a: the key `a` stands here for the second time, "
        + "first on line 1, column 8"
    ),
    (
      #"{"a": 1, "\u0061": 2}"#,
      "line 1, column 10 (byte 9), at a: the key `a` stands here for the second time, "
        + "first on line 1, column 2"
    ),
  ])
  func `names what is wrong, where, and the way there`(text: String, expected: String) {
    #expect(description(Array(text.utf8)) == expected)
  }

  @Test(
    arguments: [
      ([0x22, 0xC3, 0x28, 0x22], 1), ([0x5B, 0xFF, 0x5D], 1), ([0x22, 0xED, 0xA0, 0x80, 0x22], 1),
      ([0x22, 0xC0, 0xAF, 0x22], 1), ([0x22, 0x61, 0xE2, 0x82], 2), ([0xEF, 0xBB], 0),
    ] as [([UInt8], Int)])
  func `finds the first byte that is no UTF-8`(bytes: [UInt8], offset: Int) {
    #expect(problem(bytes)?.reason == .invalidUTF8)
    #expect(problem(bytes)?.place.offset == offset)
  }

  @Test func `stops at its limits`() {
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(problem(Array(deep.utf8)) == nil)
    #expect(problem(Array("[\(deep)]".utf8))?.reason == .tooDeep(limit: 64))
    #expect(
      problem(Array(String(repeating: "[", count: 20_000).utf8))?.reason == .tooDeep(limit: 64))
    #expect(JSONLimits().bytes == 10 << 20)
    let large = Array("\"\(String(repeating: "x", count: 1000))\"".utf8)
    #expect(problem(large, JSONLimits(bytes: 1002)) == nil)
    #expect(problem(large, JSONLimits(bytes: 1001))?.reason == .tooLarge(limit: 1001))
    let many = Array("[\(String(repeating: "1,", count: 3000))1]".utf8)
    #expect(problem(many) == nil)
    #expect(problem(many, JSONLimits(values: 3000))?.reason == .tooManyValues(limit: 3000))
  }

  @Test func `finds a key that stands twice among thousands`() {
    let members = (0..<5000).map { "\"k\($0)\": \($0)" }.joined(separator: ",\n")
    #expect(problem(Array("{\(members)}".utf8)) == nil)
    let twice = problem(Array("{\(members), \"k4321\": 0, \"k7\": 0}".utf8))
    guard case .duplicateKey("k4321", let first) = twice?.reason else {
      Issue.record("\(String(describing: twice))")
      return
    }
    #expect(first.line == 4322)
    #expect(twice?.place.path == "k4321")
  }

  @Test(arguments: [
    (#"{"model":"a","model":"b","messages":[]}"#, "model"),
    (#"{"a":[0,{"k":1,"k":2,"z":{"y":3}}],"b":4}"#, "a[1].k"),
    (#"{"a b":1,"a b":2}"#, #"["a b"]"#),
  ])
  func `says which key stands twice, wherever its object ends`(text: String, path: String) {
    #expect(problem(Array(text.utf8))?.place.path == path)
  }

  private func problem(_ bytes: [UInt8], _ limits: JSONLimits = JSONLimits()) -> JSONProblem? {
    do {
      _ = try JSONText(bytes, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  private func description(_ bytes: [UInt8]) -> String? { problem(bytes)?.description }
}
