import CatalogImport
import Foundation
import PolicyDiagnostics
import PolicySemantics
import PolicyUnits
import RoutingCatalog
import RoutingTestSupport
import Testing

@Suite struct `Imported prices` {
  /// Not through the draft: what the reader of catalogs makes of the written text is compared.
  @Test func `are those of the list to the last digit, says an outside reader`() throws {
    let name = `The public price list`.file
    guard let folder = SharedData.folder(for: "exact prices") else { return }
    let path = folder.appending(path: name)
    let list = try ListText(bytes: Array(try Data(contentsOf: path)))
    let lines = try #require(Self.lines(of: list))
    let input = FileManager.default.temporaryDirectory.appending(path: "rung-\(UUID()).tsv")
    try Data(lines.joined().utf8).write(to: input)
    defer { try? FileManager.default.removeItem(at: input) }
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "exactness.py")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", script.path, path.path]
    process.standardInput = try FileHandle(forReadingFrom: input)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let said = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus != 127 else {
      return SharedData.say("exact prices: there is no python3 here, nothing was compared")
    }
    SharedData.say("exact prices: \(said)")
    #expect(process.terminationStatus == 0)
    #expect(said == "compared \(lines.count) wrong 0\n")
    #expect(lines.count > 4000)
  }

  /// One line for each price of each model and embedder, those set aside among them.
  private static func lines(of list: ListText) -> [String]? {
    guard let catalog = list.catalog.value else { return nil }
    var names: [String: String] = [:]
    for entry in list.draft.entries {
      if let model = entry.model { names[model.word] = entry.name }
    }
    var lines: [String] = []
    let models = catalog.vocabulary.models + catalog.setAside.map(\.entry)
    for model in models {
      for (key, amount) in prices(model.prices) {
        lines.append("\(names[model.name] ?? model.name)\tchat\t\(key)\t\(amount)\n")
      }
    }
    for embedder in catalog.vocabulary.embedders + catalog.setAsideEmbedders.map(\.entry) {
      guard let price = embedder.price else { continue }
      let name = names[embedder.name] ?? embedder.name
      lines.append("\(name)\tembedder\tinput\t\(price.picosPerToken)\n")
    }
    return lines
  }

  private static func prices(_ prices: ModelPrices) -> [(String, Int64)] {
    var all: [(String, Int64?)] = [
      ("input", prices.input?.picosPerToken), ("output", prices.output?.picosPerToken),
      ("cached_input", prices.cachedInput?.picosPerToken),
      ("cache_write", prices.cacheWrite?.picosPerToken),
      ("cache_write_long", prices.cacheWriteLong?.picosPerToken),
      ("reasoning", prices.reasoning?.picosPerToken),
      ("batch_input", prices.batchInput?.picosPerToken),
      ("batch_output", prices.batchOutput?.picosPerToken),
      ("per_request", prices.perRequest?.nanos),
    ]
    for step in prices.longContext {
      all += [
        ("input@\(step.threshold)", step.input.picosPerToken),
        ("output@\(step.threshold)", step.output.picosPerToken),
        ("cached_input@\(step.threshold)", step.cachedInput?.picosPerToken),
        ("cache_write@\(step.threshold)", step.cacheWrite?.picosPerToken),
        ("cache_write_long@\(step.threshold)", step.cacheWriteLong?.picosPerToken),
      ]
    }
    return all.compactMap { key, amount in amount.map { (key, $0) } }
  }
}
