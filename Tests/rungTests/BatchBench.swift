import Foundation
import JSONReading
import RoutingLedger
import StandInProvider
import Synchronization

/// A folder with a policy, requests and a provider that keeps its own books of what it was asked.
final class BatchBench {
  let shell: Shell
  let standIn: StandIn
  private let books: Books

  /// What a provider would bill: every call it has seen, by question, and when.
  private final class Books: Sendable {
    let calls = Mutex<[String: Int]>([:])
    let times = Mutex<[ContinuousClock.Instant]>([])

    func write(_ event: CallEvent) {
      guard case .began(_, let seen) = event, !seen.question.isEmpty else { return }
      calls.withLock { $0[seen.question, default: 0] += 1 }
      times.withLock { $0.append(.now) }
    }
  }

  static let policy = """
    rung 1
    catalog "policies/starter/catalog.yaml"
    otherwise { use qwen3-8b max_output 64 tokens }
    """

  static func with(
    _ count: Int, _ script: Script = Script(), _ test: (BatchBench) async throws -> Void
  ) async throws {
    let bench = try await BatchBench(count, script)
    do {
      try await test(bench)
    } catch {
      await bench.stop()
      throw error
    }
    await bench.stop()
  }

  private init(_ count: Int, _ script: Script) async throws {
    let books = Books()
    self.books = books
    shell = try Shell()
    standIn = try await StandIn.start(script: script) { books.write($0) }
    try write(Self.policy, to: "policy.rung")
    try write((0..<count).map { Self.ask($0) }.joined(separator: "\n"), to: "asks.jsonl")
  }

  private func stop() async {
    await standIn.stop()
    shell.remove()
  }

  static func ask(_ number: Int, saying words: String = "question") -> String {
    #"{"custom_id":"item-\#(number)","method":"POST","url":"/v1/chat/completions","#
      + #""body":{"messages":[{"role":"user","content":"\#(words) \#(number)."}],"max_completion_tokens":64}}"#
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: shell.folder.appending(path: name))
  }

  func text(_ name: String = "answers.jsonl") throws -> String {
    String(decoding: try Data(contentsOf: shell.folder.appending(path: name)), as: UTF8.self)
  }

  /// The command, for the shell.
  func command(_ options: String = "", requests: String = "asks.jsonl") -> String {
    "rung batch policy.rung \(requests) -o answers.jsonl --base-url \(standIn.address) \(options)"
  }

  @discardableResult func run(_ options: String = "") throws -> [String] {
    try shell.run(command(options))
  }

  /// How often the provider was asked each question.
  var calls: [String: Int] { books.calls.withLock { $0 } }
  /// When it was asked, in order.
  var times: [ContinuousClock.Instant] { books.times.withLock { $0 } }

  /// How often the provider was asked for an item.
  func calls(of item: String) -> Int {
    calls["question \(item.dropFirst("item-".count))."] ?? 0
  }

  /// The lines of the answers, read anew by other code than wrote them.
  func lines() throws -> [Line] {
    try text().split(separator: "\n").map { try Line(Array($0.utf8)) }
  }

  struct Line {
    let id: String
    let status: Int64?
    let answer: String?
    let errorCode: String?
    let row: String?
    let cost: String?
    let certainty: String?
    let asked: Int64?
    let before: Int

    init(_ bytes: [UInt8]) throws {
      let root = try JSONText(bytes).root
      id = root["custom_id"]?.string ?? ""
      let response = root["response"]
      status = response?["status_code"]?.integer
      let choice = response?["body"]?["choices"]?.elements.first { _ in true }
      answer = choice?["message"]?["content"]?.string
      errorCode = root["error"]?["code"]?.string
      row = root["rung"]?["row"]?.string
      cost = root["rung"]?["cost"]?.string
      certainty = root["rung"]?["cost_is"]?.string
      asked = root["rung"]?["asked"]?.integer
      before = root["rung"]?["before"]?.elements.reduce(0) { count, _ in count + 1 } ?? 0
    }
  }

  func rows() throws -> [LedgerEntry] {
    var rows: [LedgerEntry] = []
    let ledger = try LedgerReader(path: shell.folder.appending(path: "rung.ledger").path)
    try ledger.forEach { row in
      rows.append(row.entry)
      return true
    }
    return rows
  }
}
