import ContextCompression
import Foundation
import JSONReading
import OpenAIWire
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingCatalog
import RoutingRuntime
import RoutingTestSupport
import Testing

@testable import RoutingCompression

/// What extractive compression spares of what a request costs, its answer included: the contexts of
/// `examples/contexts`, at the prices of the catalog they are used with.
@Suite struct `Dollars of a compressed request` {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  /// Tokens of an answer: the questions ask for a figure or a rule, a sentence or two.
  private static let answer: Int64 = 100

  private struct Asked {
    let messages: [ContextMessage]
    let facts: [String]
  }

  private static func asked() throws -> [Asked] {
    let folder = root.appending(path: "examples/contexts")
    let handbook = try String(contentsOf: folder.appending(path: "handbook.md"), encoding: .utf8)
    var chapters: [String: String] = [:]
    for chapter in ("\n" + handbook).split(separator: "\n# ") {
      chapters[String(chapter.prefix { $0 != "\n" })] = "# " + chapter
    }
    let lines = try String(contentsOf: folder.appending(path: "questions.jsonl"), encoding: .utf8)
    return try lines.split(separator: "\n").map { line in
      let json = try JSONText(Array(line.utf8)).root
      let found = json["retrieved"].map { $0.elements.compactMap(\.string) } ?? []
      let context = found.compactMap { chapters[$0] }.joined(separator: "\n")
      return Asked(
        messages: [
          ContextMessage(role: .system, texts: ["Answer from the handbook in one sentence."]),
          ContextMessage(role: .user, texts: [context]),
          ContextMessage(role: .user, texts: [try #require(json["question"]?.string)]),
        ],
        facts: (json["facts"].map { Array($0.elements) } ?? []).compactMap(\.string))
    }
  }

  @Test func `are 15 of 100 and more in the median, its answer counted`() throws {
    let path = Self.root.appending(path: "policies/support/catalog.yaml")
    let bytes = Array(try Data(contentsOf: path))
    let read = CatalogReader.read(
      SourceFile(id: SourceID(0), path: "catalog.yaml", bytes: bytes))
    let models = try #require(read.value?.vocabulary).models
    let asked = try Self.asked()
    try #require(asked.count >= 50)
    let compressor = ContextCompressor(.extractive(.share(500_000)))
    let made = asked.map { compressor.compress($0.messages) }
    var (facts, kept) = (0, 0)
    for (it, made) in zip(asked, made) {
      let text = made.messages.flatMap(\.texts).map(\.text).joined(separator: "\n")
      facts += it.facts.count
      kept += it.facts.count { text.contains($0) }
    }
    var (told, usual) = (0, 0)
    for model in models {
      let tariff = Tariff(model.prices)
      var shares: [Int64] = []
      for (it, made) in zip(asked, made) {
        let gain = CompressionGain(made, of: it.messages, at: model)
        let usage = Usage(input: gain.before, output: Self.answer)
        guard let cost = tariff.cost(of: usage), let spared = gain.spared, cost > .zero else {
          continue
        }
        shares.append(spared.nanos * 1_000 / cost.nanos)
      }
      guard shares.count == asked.count else { continue }
      let median = shares.sorted()[shares.count / 2]
      told += 1
      SharedData.say(
        "dollars at \(model.name), answers of \(Self.answer) tokens: median \(median / 10)."
          + "\(median % 10) % of a request's cost spared over \(asked.count) contexts, "
          + "\(kept) of \(facts) facts kept")
      // Where a token of an answer costs twenty times one of a prompt, an answer is most of the cost.
      guard let input = model.prices.input, let output = model.prices.output else { continue }
      let isUsual = output.picosPerToken <= 8 * input.picosPerToken
      usual += isUsual ? 1 : 0
      #expect(median >= (isUsual ? 150 : 50), "\(model.name)")
    }
    #expect(told >= 3 && usual >= 3)
    #expect(kept * 100 >= facts * 95)
  }
}
