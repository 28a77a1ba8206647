import LedgerExchange
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import TrafficLog

/// A log that was read, row by row.
struct ReadLog {
  var log: TrafficLog
  var rows: [LoggedRequest] = []
  var texted: [RequestInput?] = []
  var shapes: [RequestInput] = []

  init(_ text: String, pieces size: Int = 1 << 16) throws {
    let date = try #require(CalendarDate(year: 2026, month: 1, day: 1))
    var log = TrafficLog(
      LogReading(facts: ["plan", "n", "on"]),
      anyMoment: LocalMoment(date: date, weekday: .thursday, hour: 0))
    var rows: [LoggedRequest] = []
    var texted: [RequestInput?] = []
    var shapes: [RequestInput] = []
    func take(_ row: LoggedRequest, _ text: TextedRequest?, _ log: borrowing TrafficLog) {
      rows.append(row)
      texted.append(text?.input)
      shapes.append(text?.input ?? log.shape(row.shape))
    }
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      log.read(.bytes(Array(bytes[start..<min(bytes.count, start + size)])), take)
    }
    log.read(.end, take)
    self.log = log
    self.rows = rows
    self.texted = texted
    self.shapes = shapes
  }
}

@Suite struct `A log of requests` {
  @Test func `is read whole, however its pieces fall`() throws {
    let lines = (0..<200).map { number in
      #"{"time":"2026-01-01T00:00:\#(number % 50 + 10)Z","model":"m\#(number % 3)","#
        + #""input_tokens":\#(number),"output_tokens":7,"metadata":{"plan":"p\#(number % 5)"}}"#
    }
    let text = lines.joined(separator: "\n")
    for size in [1, 7, 64, 1000, 1 << 20] {
      let read = try ReadLog(text, pieces: size)
      #expect(read.rows.count == 200, "pieces of \(size)")
      #expect(read.rows.map(\.line) == Array(1...200), "pieces of \(size)")
      #expect(read.rows.map(\.input) == (0..<200).map(Int64.init), "pieces of \(size)")
      #expect(read.log.problemCount == 0)
    }
  }

  @Test func `has no value where it has an empty text`() throws {
    let read = try ReadLog(
      #"{"time":"2026-01-01T00:00:10Z","model":"m","model_served":"","tenant":"","key":"","status":"","#
        + #""body_fingerprint":"","cost":"","currency":"","input_tokens":1,"output_tokens":7}"#)
    let row = try #require(read.rows.first)
    #expect(read.rows.count == 1 && read.log.problemCount == 0)
    #expect(row.fingerprint == nil && row.cost == nil && row.currency == nil)
    #expect(row.identities == LoggedIdentities())
    #expect(row.served.map { read.log.name($0) } == "m")
  }

  @Test func `tells who asked for what`() throws {
    let read = try ReadLog(
      """
      {"time":1767225600,"tenant":"acme","user":"u","key":"k","model_asked":"auto","model_served":"small","usage":{"prompt_tokens":100,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":40}},"stream":true,"max_tokens":9,"metadata":{"plan":"pro","n":3,"on":true},"cost":"0.0000251"}
      {"time":"2026-01-01T00:00:00.250Z","model":"sm\\u0061ll","input_tokens":1,"output_tokens":2,"cached_input_tokens":1,"cost_nanos":12}
      """)
    let (first, second) = (read.rows[0], read.rows[1])
    #expect(first.time == Timestamp(milliseconds: 1_767_225_600_000))
    #expect(second.time == Timestamp(milliseconds: 1_767_225_600_250))
    #expect((first.input, first.cachedInput, first.output) == (100, 40, 5))
    #expect((second.input, second.cachedInput, second.output) == (1, 1, 2))
    #expect(first.cost == Money(nanos: 25_100))
    #expect(second.cost == Money(nanos: 12))
    let names = read.rows.map { row in row.served.map(read.log.name) }
    #expect(names == ["small", "small"])
    let shape = read.shapes[0]
    #expect(shape.model == "auto" && shape.stream && shape.maxTokens == 9)
    #expect(shape.tenant == "acme" && shape.user == "u" && shape.key == "k")
    #expect(
      shape.metadata == ["plan": .text("pro"), "n": .integer(3), "on": .bool(true)])
  }

  @Test(arguments: [
    (#","max_tokens":9"#, 9), (#","max_completion_tokens":9"#, 9),
    (#","max_tokens":7,"max_completion_tokens":9"#, 9), ("", nil as Int64?),
    (#","max_tokens":9,"max_completion_tokens":null"#, 9),
  ])
  func `reads the cap of an answer by both its names`(written: String, most: Int64?) throws {
    let read = try ReadLog(#"{"time":"2026-01-01T00:00:10Z","model":"m"\#(written)}"#)
    #expect(read.shapes.map(\.maxTokens) == [most])
  }

  @Test(arguments: [
    (#","currency":"""#, true), (#","currency":null"#, true), (#","currency":"X""#, false),
  ])
  func `names no currency where that is empty`(currency: String, isOrdinary: Bool) throws {
    let read = try ReadLog(#"{"time":"2026-01-01T00:00:10Z","model":"m","cost":1\#(currency)}"#)
    #expect(read.rows.map { $0.currency == nil } == [isOrdinary])
  }

  @Test func `has texts where they were kept`() throws {
    let read = try ReadLog(
      """
      {"time":1767225600,"model":"small","input_tokens":3,"output_tokens":2,"messages":[{"role":"user","content":"hello"}],"metadata":{"plan":"pro"}}
      {"time":1767225600,"input_tokens":3,"output_tokens":2,"request":{"model":"large","messages":[{"role":"system","content":"s"},{"role":"user","content":"q"}],"max_tokens":4}}
      """)
    let first = try #require(read.texted[0])
    let second = try #require(read.texted[1])
    #expect(first.messages.map(\.text) == ["hello"])
    #expect(first.metadata["plan"] == .text("pro"))
    #expect(second.messages.map(\.text) == ["s", "q"])
    #expect(second.maxTokens == 4)
    #expect(read.rows[0].fingerprint != nil && read.rows[0].fingerprint != read.rows[1].fingerprint)
  }

  @Test func `passes over what no call answered, and counts it`() throws {
    let read = try ReadLog(
      """
      {"time":1767225600,"model":"a","input_tokens":1,"output_tokens":1,"status":"refused"}
      {"time":1767225600,"model":"a","input_tokens":1,"output_tokens":1,"status":"answered"}
      {"time":1767225600,"model":"a","input_tokens":1,"output_tokens":1,"cache":"hit"}
      {"time":1767225600,"model":"a","input_tokens":1,"output_tokens":1,"cache":"similar 0.93 01ABC"}
      {"time":1767225600,"model":"a","input_tokens":1,"output_tokens":1,"cache":"miss"}
      {"time":1767225600,"model":"a","input_tokens":1,"output_tokens":1,"cache":true}
      {"time":1767225600,"model":"a","input_tokens":1,"output_tokens":1,"cache":false}
      """)
    #expect(read.rows.map(\.line) == [2, 5, 7])
    #expect(read.log.unanswered == 4)
  }

  @Test func `has whole numbers however they are spelled, and no others`() throws {
    let read = try ReadLog(
      """
      {"time":1767225600,"input_tokens":50.0,"cached_input_tokens":1e1,"output_tokens":5e1}
      {"time":1767225600,"input_tokens":1,"output_tokens":1,"cost_nanos":12.0,"max_tokens":4.0}
      {"time":1767225600,"usage":{"prompt_tokens":9.0,"completion_tokens":1.0e0,"prompt_tokens_details":{"cached_tokens":2.0}}}
      {"time":1767225600,"input_tokens":50.5}
      {"time":1767225600,"output_tokens":"50"}
      {"time":1767225600,"cost_nanos":0.5}
      """)
    #expect(read.rows.map(\.input) == [50, 1, 9])
    #expect(read.rows.map(\.cachedInput) == [10, 0, 2])
    #expect(read.rows.map(\.output) == [50, 1, 1])
    #expect(read.rows.map(\.cost?.nanos) == [nil, 12, nil])
    #expect(
      read.log.problems.map(\.description) == [
        "line 4: `input_tokens` is no number of tokens",
        "line 5: `output_tokens` is no number of tokens", "line 6: `cost_nanos` is no amount",
      ])
  }

  @Test func `names the line and the cure of what it cannot read`() throws {
    let read = try ReadLog(
      """
      {"time":1767225600,"model":"a","input_tokens":1,"output_tokens":1}
      {"model":"a","input_tokens":1,"output_tokens":1}

      {"time":"yesterday","model":"a"}
      {"time":1767225600,"input_tokens":-1}
      {"time":1767225600,"input_tokens":1.5}
      {"time":1767225600,"input_tokens":3,"cached_input_tokens":4}
      {"time":1767225600,"model":7}
      {"time":1767225600,"cost":"free"}
      {"time":1767225600,"metadata":[]}
      [1]
      {"time":1767225600
      {"time":1767225600,"model":"a","input_tokens":1,"output_tokens":1}
      {"time":1767225600,"cost":"."}
      """)
    #expect(read.rows.map(\.line) == [1, 13])
    let words = read.log.problems.map(\.description)
    #expect(
      words == [
        "line 2: it has no `time`", "line 4: `time` is no time",
        "line 5: `input_tokens` is no number of tokens",
        "line 6: `input_tokens` is no number of tokens",
        "line 7: `cached_input_tokens` is no part of the input tokens",
        "line 8: `model` is no text", "line 9: `cost` is no amount",
        "line 10: `metadata` is no object", "line 11: not an object",
        "line 12: the JSON ends before it is complete",
      ])
    // The first ten are kept.
    #expect(read.log.problemCount == 11)
  }

  @Test func `names a line that is too long once, and reads on behind it`() throws {
    let row = #"{"time":1767225600,"model":"a","input_tokens":1,"output_tokens":1}"#
    let long = "{\"x\":\"" + String(repeating: "x", count: TrafficLog.longestLine + 10)
    let text = "\(row)\n\(long)\"}\n\(row)\n"
    for size in [192 * 1024, 5 << 20] {
      let read = try ReadLog(text, pieces: size)
      #expect(read.rows.map(\.line) == [1, 3], "pieces of \(size)")
      #expect(read.log.problems.map(\.line) == [2] && read.log.problemCount == 1)
    }
  }

  @Test func `is found again by its index, text by text and in the order of its times`() throws {
    let seed: UInt64 = 20_261_125
    var random = SplitMix(state: seed)
    var text = ""
    var times: [Int64] = []
    for row in 0..<500 {
      let time = Int64(1_767_225_600 + random.next() % 400)
      switch random.next() % 12 {
      case 0: text += "no line \(row)\n"
      case 1: text += "\n{\"time\":\n"
      case 2: text += "{\"time\":\(time),\"cost\":0.5}{\"time\":\(time)} "
      case _: text += "{\"time\":\(time),\"input_tokens\":\(row)}\r\n"
      }
      times.append(time)
    }
    let bytes = Array(text.utf8)
    let plain = try ReadLog(text)
    #expect(!plain.log.isInOrder)
    for size in [64, 1000, 1 << 20] {
      var index = LogIndex()
      for start in stride(from: 0, to: bytes.count, by: size) {
        index.read(.bytes(Array(bytes[start..<min(bytes.count, start + size)])))
      }
      index.read(.end)
      index.sort()
      let date = try #require(CalendarDate(year: 2026, month: 1, day: 1))
      var log = TrafficLog(
        LogReading(facts: []), anyMoment: LocalMoment(date: date, weekday: .thursday, hour: 0))
      var rows: [LoggedRequest] = []
      var lines = NumberedLines()
      for entry in index.entries { lines.add(bytes[entry.offset..<entry.end], line: entry.line) }
      log.read(.problems(of: index)) { _, _, _ in }
      log.read(.numbered(lines)) { row, _, _ in rows.append(row) }
      #expect(log.isInOrder && log.problemCount == plain.log.problemCount)
      let expected = plain.rows.enumerated().sorted {
        ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
      }.map(\.element)
      #expect(rows.map(\.line) == expected.map(\.line), "seed \(seed), pieces of \(size)")
      #expect(rows.map(\.input) == expected.map(\.input), "seed \(seed), pieces of \(size)")
    }
    SharedData.say("an index of a log: seed \(seed), \(plain.rows.count) rows of \(times.count)")
  }

  @Test func `forgets shapes when there are too many, and goes on`() throws {
    let count = TrafficLog.shapeLimit + 10
    let text = (0..<count).map {
      #"{"time":1767225600,"input_tokens":1,"output_tokens":1,"metadata":{"n":\#($0)}}"#
    }
    .joined(separator: "\n")
    let read = try ReadLog(text)
    #expect(read.log.generation == 1)
    let shapes = (0..<count).map { read.shapes[$0].metadata["n"] }
    #expect(shapes == (0..<count).map { GivenFact.integer(Int64($0)) })
  }
}

@Suite struct `Values of a log's lines` {
  @Test func `are read as the slow readers of other files read them`() {
    let seed: UInt64 = 20_261_122
    var random = SplitMix(state: seed)
    var time = LogTime()
    var plain = 0
    for _ in 0..<20_000 {
      let text = Self.someTime(&random)
      let bytes = Array(text.utf8)
      let found = time.read(0..<bytes.count, in: bytes)
      let expected = (ISOTime.read(text) ?? ISOTime.readEpoch(text))?.time
      #expect(found == expected, "\(text)")
      if found != nil { plain += 1 }
      let amount = Self.someAmount(&random)
      let money = Array(amount.utf8)
      #expect(
        LogMoney.read(0..<money.count, in: money) == Self.slowMoney(amount), "\(amount)")
    }
    SharedData.say("times and amounts of logs: seed \(seed), \(plain) of 20,000 times are ones")
    #expect((4_000..<20_000).contains(plain))
  }

  private static func someTime(_ random: inout SplitMix) -> String {
    func number(_ limit: UInt64, _ width: Int) -> String {
      let digits = String(random.next() % limit)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    var text = "20\(number(100, 2))-\(number(14, 2))-\(number(33, 2))T\(number(26, 2))"
    text += ":\(number(62, 2)):\(number(62, 2))"
    switch random.next() % 5 {
    case 0: text += ".\(number(1000, 3))Z"
    case 1: text += "+02:00"
    case 2: text += ".\(number(10, 1))Z"
    default: text += "Z"
    }
    if random.next() % 20 == 0 { text.removeLast() }
    if random.next() % 20 == 0 { text = number(2_000_000_000, 1) }
    return text
  }

  private static func someAmount(_ random: inout SplitMix) -> String {
    var text = String(random.next() % (1 << (random.next() % 40)))
    if random.next() % 4 > 0 {
      text += "." + (0..<(random.next() % 14)).map { _ in String(random.next() % 10) }.joined()
    }
    if random.next() % 30 == 0 { text += "e-5" }
    if random.next() % 30 == 0 { text = "-" + text }
    return text
  }

  private static func slowMoney(_ text: String) -> Money? {
    do throws(NumberText.Refusal) {
      return try NumberText.money(text)
    } catch {
      if case .fraction(let roundedUp) = error { return roundedUp }
      return nil
    }
  }
}
