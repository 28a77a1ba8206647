import PolicyDiagnostics
import PolicySource
import Testing
import YAMLReading

@Suite struct `Requests in YAML` {
  @Test(
    arguments: [
      ("[12, +5, -3, 007, 0, -0]", "[12,5,-3,7,0,-0]"),
      ("[0x1F, 0o17, 0xffffffffffffffff]", "[31,15,18446744073709551615]"),
      ("[0.5, .5, 5., 1e3, 1.5E-7, +.5, 00.10]", "[0.5,0.5,5.0,1e3,1.5e-7,0.5,0.10]"),
      ("[123456789012345678901234567890]", "[123456789012345678901234567890]"),
      ("[0.1234567890123456789]", "[0.1234567890123456789]"),
      ("[true, False, TRUE, null, ~, Null]", "[true,false,true,null,null,null]"),
      ("[yes, no, on, 1_000, 1-2, 0x, 0o8, 1e, e1, ., -, +, '12', \"true\"]", nil),
      ("a:\nb: |\n  x\n  \"y\"\n", #"{"a":null,"b":"x\n\"y\"\n"}"#),
      ("1: a\ntrue: b\n~: c", #"{"1":"a","true":"b","~":"c"}"#),
      ("messages:\n- {role: user, content: \"é\\u0001😀\"}", nil),
    ] as [(String, String?)])
  func `become the JSON they stand for`(yaml: String, json: String?) throws {
    let root = try #require(YAMLReader.read(SourceFile(path: "r.yaml", text: yaml)).value)
    let text = root.jsonBytes.value.map { String(decoding: $0, as: UTF8.self) }
    #expect(text == json ?? Self.longer[yaml])
  }

  static let longer = [
    "[yes, no, on, 1_000, 1-2, 0x, 0o8, 1e, e1, ., -, +, '12', \"true\"]":
      #"["yes","no","on","1_000","1-2","0x","0o8","1e","e1",".","-","+","12","true"]"#,
    "messages:\n- {role: user, content: \"é\\u0001😀\"}":
      #"{"messages":[{"role":"user","content":"é\u0001😀"}]}"#,
  ]

  @Test(arguments: [
    ("a: 1\nb: .inf", "2:4"), ("[é, -.INF]", "1:5"), ("a: .nan", "1:4"),
    ("a: 0x10000000000000000", "1:4"),
  ])
  func `are refused in place where JSON has no word`(yaml: String, place: String) throws {
    let file = SourceFile(path: "r.yaml", text: yaml)
    let json = try #require(YAMLReader.read(file).value).jsonBytes
    #expect(json.value == nil)
    #expect(json.diagnostics.map { Outline.place($0, in: file) } == ["\(place) yaml_not_json"])
  }
}
