import JSONWriting
import Testing

private func written(
  _ layout: JSONWriter.Layout = .compact, _ body: (inout JSONWriter) -> Void
) -> String {
  var json = JSONWriter(layout)
  body(&json)
  return json.text
}

struct JSONWriterTests {
  @Test func `writes members in the order of the calls`() {
    let text = written { json in
      json.object { json in
        json.member("z", 1)
        json.member("a", "x")
        json.member("yes", true)
        json.member("share", millionths: 700_000)
        json.member("none", orNull: String?.none)
        json.member("count", orNull: Int?.some(3))
        json.array("list") { json in
          json.null()
          json.object { _ in }
          json.array { _ in }
          json.raw("1e400".utf8)
        }
      }
    }
    #expect(
      text == #"{"z":1,"a":"x","yes":true,"share":0.7,"none":null,"count":3,"#
        + #""list":[null,{},[],1e400]}"#)
  }

  @Test func `indents two spaces a level and keeps empty containers on their line`() {
    let text = written(.indented) { json in
      json.object { json in
        json.array("a") { json in
          json.integer(1)
          json.object { json in json.member("b", "c: ") }
        }
        json.object("empty") { _ in }
      }
    }
    let expected = """
      {
        "a": [
          1,
          {
            "b": "c: "
          }
        ],
        "empty": {}
      }
      """
    #expect(text == expected)
  }

  @Test(arguments: [
    ("plain", #""plain""#),
    ("a\"b\\c", #""a\"b\\c""#),
    ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
    ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""),
    ("é日本\u{2028}😀/", "\"é日本\u{2028}😀/\""),
    ("", "\"\""),
  ])
  func `escapes quotes, backslashes and control characters only`(text: String, expected: String) {
    #expect(written { $0.string(text) } == expected)
  }

  @Test(arguments: [
    (0, "0"), (700_000, "0.7"), (1_000_000, "1"), (-1, "-0.000001"), (1_500_010, "1.50001"),
    (Int64.min, "-9223372036854.775808"), (Int64.max, "9223372036854.775807"),
  ])
  func `writes millionths as the shortest exact decimal`(value: Int64, expected: String) {
    #expect(written { $0.number(millionths: value) } == expected)
  }

  @Test(arguments: ["ends with a colon:", "ends with a space ", ":", " "])
  func `separates elements whatever the text before them ends in`(text: String) {
    let json = written { json in
      json.array { json in
        json.string(text)
        json.integer(1)
        json.raw("2 ".utf8)
        json.integer(3)
      }
    }
    #expect(json == "[\"\(text)\",1,2 ,3]")
  }
}
