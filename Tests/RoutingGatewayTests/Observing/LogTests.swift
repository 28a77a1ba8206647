import Dispatch
import JSONReading
import Logging
import RoutingBudgets
import Synchronization
import Testing

@testable import RoutingGateway
@testable import RoutingService

@Suite struct `The log` {
  /// What was written; slow on request.
  final class Place: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    let door = DispatchSemaphore(value: 0)
    let isSlow: Bool

    init(isSlow: Bool = false) { self.isSlow = isSlow }

    func write(_ more: [UInt8]) {
      if isSlow { door.wait() }
      bytes.withLock { $0 += more }
    }

    var lines: [String] {
      String(decoding: bytes.withLock { $0 }, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
  }

  private func logger(_ format: LogFormat, to output: LogOutput) -> Logger {
    Logger(label: "rung") { _ in
      LineLogHandler(
        format, to: output, clock: { Timestamp(milliseconds: 1_772_323_199_123) })
    }
  }

  private func line(_ format: LogFormat, _ message: Logger.Message, _ metadata: Logger.Metadata)
    -> [String]
  {
    let place = Place()
    let output = LogOutput { place.write($0) }
    logger(format, to: output).warning(message, metadata: metadata)
    #expect(output.flush(within: 10_000))
    return place.lines
  }

  @Test func `JSON is one object a line, by name, with numbers as numbers`() throws {
    let lines = line(
      .json, "hi \"there\"",
      [
        "b": .stringConvertible(7 as Int64), "a": "x\ny\u{2028}", "level": "mine",
        "c": ["z": "1", "y": .array(["2", .stringConvertible(true)])],
      ])
    #expect(
      lines == [
        #"{"time":"2026-02-28T23:59:59.123Z","level":"warning","message":"hi \"there\"","#
          + #""a":"x\ny"# + "\u{2028}" + #"","b":7,"c":{"y":["2",true],"z":"1"},"level_":"mine"}"#
      ])
  }

  @Test func `text is one line whatever is in it, and drives no terminal`() {
    let lines = line(
      .text(isColoured: false), "hi\nthere",
      ["a": "x y", "b": "\u{1B}[31mred\u{2028}", "c": "say \"no\"", "d": "", "e": "plain"])
    #expect(
      lines == [
        #"2026-02-28T23:59:59.123Z WARNING hi\u{a}there a="x y" b=\u{1b}[31mred\u{2028} "#
          + #"c="say \"no\"" d="" e=plain"#
      ])
  }

  @Test func `colours come only where they are asked for`() {
    #expect(line(.text(isColoured: true), "m", ["k": "v"])[0].contains("\u{1B}[33mWARNING"))
    #expect(!line(.text(isColoured: false), "m", ["k": "v"])[0].contains("\u{1B}"))
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
      (253_402_300_799_000, "9999-12-31T23:59:59.000Z"),
    ] as [(Int64, String)])
  func `times are in RFC 3339`(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
  }

  @Test func `every time there is can be written`() {
    for milliseconds in [Int64.min, .max] {
      #expect(Timestamp(milliseconds: milliseconds).rfc3339.hasSuffix("Z"))
    }
  }

  @Test func `lines of many tasks stay whole and in each task's order`() async {
    let place = Place()
    let output = LogOutput { place.write($0) }
    let logger = logger(.json, to: output)
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for n in 0..<200 {
            logger.info(
              "m", metadata: ["task": .stringConvertible(task), "n": .stringConvertible(n)])
          }
        }
      }
    }
    #expect(output.flush(within: 10_000))
    #expect(place.lines.count == 1_600)
    for task in 0..<8 {
      let own = place.lines.filter { $0.contains("\"task\":\(task)") }
      let order = own.compactMap { line in
        line.firstRange(of: "\"n\":").map { line[$0.upperBound...].prefix { $0.isNumber } }
      }
      #expect(order == (0..<200).map { Substring("\($0)") })
    }
  }

  @Test func `where nobody reads, lines are dropped and counted and nobody waits`() {
    let place = Place(isSlow: true)
    let output = LogOutput(capacity: 400) { place.write($0) }
    _ = logger(.json, to: output)
    let line = Array((String(repeating: "x", count: 39) + "\n").utf8)
    output.put(line)
    for _ in 0..<200 { output.put(line) }
    #expect(output.lost >= 185)
    for _ in 0..<40 { place.door.signal() }
    #expect(output.flush(within: 10_000))
    #expect(
      place.lines.contains {
        $0.hasPrefix("{\"time\":") && $0.contains("\"log_lines_lost\":")
      }, "in the format of the others")
    output.put(line)
    place.door.signal()
    #expect(output.flush(within: 10_000))
    #expect(place.lines.last == String(repeating: "x", count: 39))
  }
}
