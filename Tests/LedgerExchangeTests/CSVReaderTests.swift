import Testing

@testable import LedgerExchange

@Suite struct `CSV` {
  struct Case: CustomTestStringConvertible {
    let text: String
    /// Each record as its line, its fields or what is wrong.
    let records: [String]

    var testDescription: String { text }
  }

  static let cases: [Case] = [
    Case(text: "", records: []),
    Case(text: "\n\r\n\r", records: []),
    Case(text: "a,b\r\nc,d\r\n", records: ["1: a|b", "2: c|d"]),
    Case(text: "a,b\nc,d", records: ["1: a|b", "2: c|d"]),
    Case(text: "a\rb\r\rc", records: ["1: a", "2: b", "4: c"]),
    Case(text: "a,,\n,\n", records: ["1: a||", "2: |"]),
    Case(text: #""a","","b,c""#, records: [#"1: a|""|b,c"#]),
    Case(text: "\"a\"\"b\"\n", records: ["1: a\"b"]),
    Case(text: "\"a\r\nb\",c\nd", records: ["1: a\r\nb|c", "3: d"]),
    Case(
      text: "a\"b,c\nd", records: ["1: field 1 has a quote but does not begin with one", "2: d"]),
    Case(
      text: "x,\"a\"b,c\nd",
      records: ["1: something follows the closing quote of field 2", "2: d"]),
    Case(
      text: "a\nb,\"c\nd\ne",
      records: [
        "1: a",
        "2: the quote of field 2 opened on line 2 never closes; nothing up to line 4 could be read",
      ]),
    Case(text: "é,日本\n", records: ["1: é|日本"]),
  ]

  @Test(arguments: cases)
  func `is read as RFC 4180 has it, in pieces of any size`(example: Case) throws {
    for size in 1...9 {
      var reader = CSVReader(pieces(example.text, of: size))
      var found: [String] = []
      while let record = try reader.next() { found.append(Self.shown(record)) }
      #expect(found == example.records, "pieces of \(size)")
    }
  }

  private static func shown(_ record: CSVRecord) -> String {
    if let problem = record.problem { return "\(record.line): \(problem.message)" }
    let fields = record.fields.map { field in
      field.bytes.isEmpty && field.isQuoted ? #""""# : field.text ?? "not UTF-8"
    }
    return "\(record.line): \(fields.joined(separator: "|"))"
  }

  @Test func `a record over the limit is passed over`() throws {
    let text =
      "a,b\n" + String(repeating: "x", count: 100) + "\nc\n\""
      + String(repeating: "y", count: 100) + "\"\nd\n"
    var reader = CSVReader(longest: 64, pieces(text))
    #expect(try reader.next()?.problem == nil)
    #expect(try reader.next()?.problem == .tooLong(limit: 64))
    #expect(try reader.next()?.fields.first?.text == "c")
    #expect(try reader.next()?.problem != nil)
    #expect(try reader.next()?.fields.first?.text == "d")
    #expect(try reader.next() == nil)
  }

  static let guarded: [(text: String, written: String)] = [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("'=1", "''=1"),
    ("''", "''"), ("'a", "'a"), ("a=1", "a=1"), ("＝1", "'＝1"), ("plain", "plain"),
    ("\t=1", "\"'\t=1\""), ("", "\"\""), ("a;=1", "\"a;=1\""),
  ]

  @Test(arguments: guarded)
  func `text that could be a formula gets an apostrophe that comes off again`(
    text: String, written: String
  ) throws {
    var writer = CSVWriter(isGuarded: true)
    writer.line([.text(text), .integer(-5)])
    let line = String(decoding: writer.bytes, as: UTF8.self)
    #expect(line == written + ",-5\r\n")
    var reader = CSVReader(pieces(line))
    let field = try reader.next()?.fields.first?.text
    #expect(field.map(CSVWriter.unguarded) == text)
  }
}
