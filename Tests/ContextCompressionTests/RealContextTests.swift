import Foundation
import JSONReading
import OpenAIWire
import RoutingTestSupport
import Testing

@testable import ContextCompression

@Suite struct `Real contexts` {
  static let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "examples")

  struct Asked: Sendable {
    let messages: [ContextMessage]
    let facts: [String]
  }

  /// The questions of `examples/contexts`, each with the four chapters that were found for it.
  static func asked() throws -> [Asked] {
    let folder = examples.appending(path: "contexts")
    let handbook = try String(contentsOf: folder.appending(path: "handbook.md"), encoding: .utf8)
    var chapters: [String: String] = [:]
    for chapter in ("\n" + handbook).split(separator: "\n# ") {
      chapters[String(chapter.prefix { $0 != "\n" })] = "# " + chapter
    }
    let lines = try String(contentsOf: folder.appending(path: "questions.jsonl"), encoding: .utf8)
    return try lines.split(separator: "\n").map { (line: Substring) in
      let json = try JSONText(Array(line.utf8)).root
      let found = try json["retrieved"].map { try $0.elements.map { try #require($0.string) } }
      let context = try (found ?? []).map { try #require(chapters[$0]) }.joined(separator: "\n")
      return Asked(
        messages: ContextText.asked(try #require(json["question"]?.string), of: context),
        facts: try #require(json["facts"]).elements.compactMap(\.string))
    }
  }

  static func middle(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }

  /// The share of a request's bytes that is saved, rules, question and all.
  static func saved(_ made: CompressedContext, _ messages: [ContextMessage]) -> Double {
    let whole = messages.reduce(0) { $0 + $1.texts.reduce(0) { $0 + $1.utf8.count } }
    return Double(made.bytesBefore - made.bytesAfter) / Double(max(1, whole))
  }

  @Test func `half of a context holds nearly every fact that is asked for`() throws {
    let asked = try Self.asked()
    try #require(asked.count >= 50)
    for share in [750_000, 500_000, 350_000] as [Int64] {
      var shares: [Double] = []
      var (facts, kept) = (0, 0)
      var missed: [String] = []
      for it in asked {
        let made = ContextCompressor(.extractive(.share(share))).compress(it.messages)
        #expect(made.outcome == .compressed)
        shares.append(Self.saved(made, it.messages))
        let text = made.messages.flatMap(\.texts).map(\.text).joined(separator: "\n")
        for fact in it.facts {
          facts += 1
          if text.contains(fact) { kept += 1 } else { missed.append(fact) }
        }
      }
      let median = Self.middle(shares)
      SharedData.say(
        "extractive to \(share / 10_000) % on \(asked.count) contexts: median "
          + "\(Int(median * 1_000)) of 1,000 bytes of a request saved, "
          + "\(kept) of \(facts) facts kept; missing: \(missed)")
      #expect(median >= 0.15)
      #expect(share < 500_000 || kept * 100 >= facts * 95)
    }
  }

  @Test func `every example request is compressed without a failed check`() throws {
    var (seen, compressed, lossless) = (0, 0, 0)
    let folder = Self.examples.appending(path: "requests")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    for file in files where file.hasSuffix(".json") {
      let bytes = Array(try Data(contentsOf: folder.appending(path: file)))
      let messages = try Self.messages(of: ChatRequest(JSONText(bytes)))
      seen += 1
      for method in [ContextCompressor.Method.lossless, .extractive(.share(500_000))] {
        let made = ContextCompressor(method).compress(messages)
        if case .checkFailed(let problem) = made.outcome { Issue.record("\(file): \(problem)") }
        guard made.outcome == .compressed else { continue }
        if method == .lossless { lossless += 1 } else { compressed += 1 }
      }
    }
    SharedData.say("\(seen) example requests: \(compressed) extractive, \(lossless) lossless")
    #expect(seen >= 40)
  }

  private static func messages(of request: ChatRequest) -> [ContextMessage] {
    request.messages.map { message in
      let role: ContextMessage.Role =
        switch message.role {
        case .developer: .developer
        case .system: .system
        case .user: .user
        case .assistant: .assistant
        case .tool, .function: .tool
        }
      return ContextMessage(
        role: role, texts: [message.text], hasCalls: !message.toolCalls.isEmpty,
        hasMedia: !message.media.isEmpty, name: message.name)
    }
  }

  @Test func `the project's own pages are cut between sentences`() throws {
    let root = Self.examples.deletingLastPathComponent()
    var pages: [(String, String)] = []
    for folder in ["", "policies"] {
      let place = folder.isEmpty ? root : root.appending(path: folder)
      let files = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
      for file in files where file.hasSuffix(".md") {
        pages.append((file, try String(contentsOf: place.appending(path: file), encoding: .utf8)))
      }
    }
    var shares: [Double] = []
    for (name, page) in pages {
      for question in ["How do I revoke a key?", "What does a ladder cost at most?"] {
        let messages = ContextText.asked(question, of: page)
        let made = ContextCompressor(.extractive(.share(500_000))).compress(messages)
        if case .checkFailed(let problem) = made.outcome { Issue.record("\(name): \(problem)") }
        shares.append(Self.saved(made, messages))
      }
    }
    SharedData.say(
      "\(pages.count) pages full of code: median \(Int(Self.middle(shares) * 1_000)) of 1,000 bytes saved"
    )
    #expect(pages.count >= 5)
  }

  @Test func `recorded conversations are compressed without a failed check`() throws {
    guard let exchanges = try RecordedExchange.all(for: "context compression") else { return }
    var (seen, compressed) = (0, 0)
    for exchange in exchanges where exchange.isChat {
      guard let json = try? JSONText(exchange.request), let request = try? ChatRequest(json) else {
        continue
      }
      seen += 1
      let made = ContextCompressor(.extractive(.share(500_000))).compress(
        Self.messages(of: request))
      if case .checkFailed(let problem) = made.outcome { Issue.record("\(problem)") }
      if made.outcome == .compressed { compressed += 1 }
    }
    SharedData.say("\(seen) recorded conversations, \(compressed) compressed")
  }

  @Test func `naughty strings and real answers pass the check`() throws {
    guard let tasks = try SharedData.bytes(of: "self_instruct_seed_tasks.jsonl", for: "compression")
    else { return }
    var (seen, failed) = (0, 0)
    var shares: [Double] = []
    for line in tasks.split(separator: 0x0A) {
      let json = try JSONText(Array(line)).root
      let question = json["instruction"]?.string ?? ""
      guard let instances = json["instances"] else { continue }
      for instance in instances.elements {
        let text = (instance["input"]?.string ?? "") + "\n\n" + (instance["output"]?.string ?? "")
        let messages = ContextText.asked(question, of: text)
        let made = ContextCompressor(.extractive(.share(500_000))).compress(messages)
        seen += 1
        if case .checkFailed = made.outcome { failed += 1 }
        if made.outcome == .compressed { shares.append(Self.saved(made, messages)) }
      }
    }
    SharedData.say(
      "\(seen) inputs and answers: \(shares.count) compressed, median "
        + "\(Int(Self.middle(shares) * 1_000)) of 1,000 bytes saved, \(failed) failed the check")
    #expect(failed * 100 <= seen)
  }
}
