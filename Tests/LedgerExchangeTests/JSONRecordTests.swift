import JSONReading
import Testing

@testable import LedgerExchange

@Suite struct `JSON records` {
  struct Case: CustomTestStringConvertible {
    let text: String
    let records: [String]

    var testDescription: String { text }
  }

  static let cases: [Case] = [
    Case(text: #"{"a":1}"#, records: [#"1: {"a":1}"#]),
    Case(
      text: "{\"a\":1}\n\n{\"a\":2}\r\n{\"a\":3}\n",
      records: ["1: {\"a\":1}", "3: {\"a\":2}", "4: {\"a\":3}"]),
    Case(text: "[]", records: []),
    Case(
      text: "[ {\"a\":1} ,\n{\"a\":[2,{}]},\n3 ]\n",
      records: ["1: {\"a\":1}", "2: {\"a\":[2,{}]}", "3: 3"]),
    Case(
      text: "{\"a\":1}\nnonsense\n{\"a\":2}",
      records: ["1: {\"a\":1}", "2: `nonsense` is not a value of JSON", "3: {\"a\":2}"]),
    Case(
      text: "{\"data\": [\n {\"a\":1},\n {\"a\":2}\n], \"total\": 2}",
      records: ["2: {\"a\":1}", "3: {\"a\":2}"]),
    Case(
      text: "{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n",
      records: ["1: {\n \"a\": 1\n}", "4: {\n \"a\": 2\n}"]),
    Case(text: "[{\"a\":1},", records: ["1: {\"a\":1}", "1: the array never closes"]),
    Case(text: "[{\"a\":\"]},{\"}, {\"b\":2}]", records: ["1: {\"a\":\"]},{\"}", "1: {\"b\":2}"]),
    Case(
      text: "[{\"a\" 1}, {\"b\":2}]",
      records: ["1: a number where a colon must stand", "1: {\"b\":2}"]),
  ]

  @Test(arguments: cases)
  func `come one to a line, in an array or on a page`(example: Case) throws {
    for size in 1...9 {
      var reader = JSONRecordReader(pieces(example.text, of: size))
      var found: [String] = []
      while let record = try reader.next() { found.append(Self.shown(record)) }
      if example.text.contains("\" 1}") {
        #expect(found.count == 2, "pieces of \(size)")
        #expect(found.last == example.records.last)
      } else {
        #expect(found == example.records, "pieces of \(size)")
      }
    }
  }

  private static func shown(_ record: JSONRecord) -> String {
    switch record.value {
    case .success(let value): "\(record.line): \(String(decoding: value.raw, as: UTF8.self))"
    case .failure(let problem): "\(record.line): \(RowProblem.json(problem))"
    }
  }

  @Test func `what cannot go on is said with its line`() {
    #expect(throws: ImportFailure.trailing(line: 2)) { try Self.read("[]\n1") }
    #expect(throws: ImportFailure.noComma(line: 1)) { try Self.read("[{} {}]") }
    #expect(throws: ImportFailure.tooLong(line: 1, limit: 32)) {
      try Self.read("[{\"a\":\"" + String(repeating: "x", count: 64) + "\"}]")
    }
  }

  private static func read(_ text: String) throws(ImportFailure) {
    var reader = JSONRecordReader(longest: 32, pieces(text))
    while try reader.next() != nil {}
  }
}
