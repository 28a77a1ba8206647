import JSONReading
import Testing

struct JSONValueTests {
  @Test func `keeps every value as it was written`() throws {
    let text = try JSONText(
      #" {"a" : [1.50e+02, {"b": "x\ny\u00e9\ud83d\ude00"} , null ], "big": 123456789012345678901234567890} "#
    )
    let root = text.root
    #expect(root.kind == .object)
    let elements = try #require(root["a"]).elements.map { String(decoding: $0.raw, as: UTF8.self) }
    #expect(elements == ["1.50e+02", #"{"b": "x\ny\u00e9\ud83d\ude00"}"#, "null"])
    let inner = try #require(root["a"]?.elements.dropFirst().first { _ in true }?["b"])
    #expect(inner.string == "x\nyé😀")
    #expect(inner.place.path == "a[1].b")
    #expect(String(decoding: try #require(root["big"]).raw, as: UTF8.self).count == 30)
    #expect(root["none"] == nil)
    #expect(root["big"]?["none"] == nil)
  }

  @Test func `finds a member whose key is spelled with escapes`() throws {
    let root = try JSONText(#"{"\u006dodel": 1, "te\u006dp": 2}"#).root
    #expect(root["model"]?.integer == 1)
    #expect(root[named: "temp"]?.integer == 2)
    let names = JSONNames(["temp", "model"])
    #expect(root.members.map { names[$0.key] } == [1, 0])
  }

  @Test func `looks names up without confusing them`() throws {
    let all = ["n", "stop", "seed", "user", "step", "s", "tools", "model", "max_tokens"]
    let names = JSONNames(all)
    let keys = all + ["", "nn", "stap", "MODEL", "max_token", "modelx"]
    let json = try JSONText("[" + keys.map { "\"\($0)\"" }.joined(separator: ",") + ", 1, null]")
    let found = json.root.elements.map { names[$0] }
    #expect(found.prefix(all.count).elementsEqual(all.indices.map(Optional.some)))
    #expect(found.dropFirst(all.count).allSatisfy { $0 == nil })
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("5", 5), ("5.0", 5), ("5e0", 5), ("50e-1", 5), ("0.5e1", 5),
      ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9223372036854775808", nil),
      ("1e18", 1_000_000_000_000_000_000), ("1e19", nil), ("0.1", nil), ("5e-1", nil),
      ("1e400", nil), ("0e400", 0), ("1e99999999999999999999", nil), ("0e99999999999999999999", 0),
      ("1e-99999999999999999999", nil), ("123456789012345678901234567890e-29", nil),
      ("10000000000000000000000000e-25", 1), ("\"5\"", nil), ("true", nil),
    ] as [(String, Int64?)])
  func `reads whole numbers however they are spelled`(text: String, expected: Int64?) throws {
    #expect(try JSONText(text).root.integer == expected)
  }

  @Test(
    arguments: [
      ("0.7", 700_000), ("1", 1_000_000), ("-0.31725305", -317_253), ("0.0000005", 1),
      ("0.0000004", 0), ("-0.0000005", -1), ("0.30000000000000004", 300_000),
      ("0.2999999999999999999999999", 300_000), ("1e-7", 0), ("2E0", 2_000_000),
      ("9223372036854.775807", .max), ("9223372036854.775808", nil), ("1e13", nil),
      ("0.0000000000000000000000000000000001", 0), ("-9999.0", -9_999_000_000),
      ("null", nil),
    ] as [(String, Int64?)])
  func `reads millionths, rounded to the nearest`(text: String, expected: Int64?) throws {
    #expect(try JSONText(text).root.millionths == expected)
  }
}
