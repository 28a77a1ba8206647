import CatalogImport
import Foundation
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingCatalog
import RoutingTestSupport
import Testing

@Suite struct `The public price list` {
  static let file = "litellm-model_prices_and_context_window.json"

  private static func list(_ reader: String) throws -> ListText? {
    guard let bytes = try SharedData.bytes(of: file, for: reader) else { return nil }
    return try ListText(bytes: bytes)
  }

  @Test func `becomes a catalog without a finding`() throws {
    guard let list = try Self.list("catalog of the list") else { return }
    #expect(list.findings == [])
    let catalog = try #require(list.catalog.value)
    let models = list.draft.entries.compactMap(\.model)
    let chat = models.filter { !$0.isEmbedder }
    #expect(catalog.models.count + catalog.setAside.count == chat.count)
    #expect(
      catalog.embedders.count + catalog.setAsideEmbedders.count == models.count - chat.count)
    SharedData.say(
      "public list: \(catalog.models.count) models ready, \(catalog.setAside.count) set aside")
  }

  @Test func `has an outcome for each of its 2,985 entries`() throws {
    guard let list = try Self.list("outcomes") else { return }
    let entries = list.draft.entries
    #expect(list.draft.total == 2985 && entries.count == 2985)
    #expect(list.draft.samples == ["sample_spec"])
    var counts: [String: Int] = [:]
    for entry in entries {
      let outcome = entry.refusal?.code ?? (entry.doubts.isEmpty ? "imported" : "set_aside")
      counts[outcome, default: 0] += 1
    }
    SharedData.say("public list: \(counts.sorted { $0.key < $1.key })")
    #expect(counts.values.reduce(0, +) == 2985)
    #expect(counts == Self.expected)
    #expect(Set(entries.compactMap { $0.model?.word }).count == entries.count { $0.model != nil })
  }

  static let expected: [String: Int] = [
    "imported": 2098, "set_aside": 110, "other_mode": 565, "unpriced": 118, "billed_apart": 33,
    "too_fine": 23, "free_embedder": 11, "other_endpoint": 10, "no_mode": 9, "price_class": 8,
  ]

  @Test func `loses each chat model without a price, by name`() throws {
    guard let bytes = try SharedData.bytes(of: Self.file, for: "unpriced models") else { return }
    let list = try ListText(bytes: bytes)
    let root = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: [String: Any]]
    let unpriced = try #require(root).filter { name, model in
      name != "sample_spec" && model["mode"] as? String == "chat"
        && (model["input_cost_per_token"] == nil || model["output_cost_per_token"] == nil)
    }
    let refused = list.draft.entries.filter { $0.refusal?.code == "unpriced" && $0.mode == "chat" }
    #expect(unpriced.count == 115)
    #expect(Set(refused.map(\.name)) == Set(unpriced.keys))
    SharedData.say("\(refused.count) of \(unpriced.count) unpriced chat models refused")
  }

  @Test func `has its absurd prices flagged and its zeros held back`() throws {
    guard let bytes = try SharedData.bytes(of: Self.file, for: "absurd prices") else { return }
    let list = try ListText(bytes: bytes)
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: [String: Any]])
    func price(_ model: [String: Any], _ key: String) -> Double? { model[key] as? Double }
    var absurd = 0
    var flagged = 0
    var zeros: Set<String> = []
    for (name, model) in root where name != "sample_spec" && model["mode"] as? String == "chat" {
      if price(model, "input_cost_per_token") == 0 { zeros.insert(name) }
      for key in ["input", "output"] where price(model, "\(key)_cost_per_token") ?? 0 > 0.001 {
        absurd += 1
        let entry = list.draft.entries.first { $0.name == name }
        if entry?.doubts.contains(.highPrice(key: key)) == true { flagged += 1 }
      }
    }
    #expect(absurd == 30 && flagged == 30)
    #expect(zeros.count == 74)
    let held = Set(list.draft.entries.filter { $0.doubts.contains(where: \.isZero) }.map(\.name))
    let refused = Set(list.draft.entries.filter { $0.refusal != nil }.map(\.name))
    #expect(zeros.subtracting(held).subtracting(refused) == [])
    let catalog = try #require(list.catalog.value)
    let usable = Set(catalog.models.map(\.name))
    for entry in list.draft.entries where !entry.doubts.isEmpty {
      #expect(!usable.contains(entry.model?.word ?? ""), "\(entry.name)")
    }
    SharedData.say("\(flagged) of \(absurd) absurd prices flagged, \(zeros.count) zeros held back")
  }

  @Test func `becomes usable where its owner confirms`() throws {
    guard let list = try Self.list("confirmations") else { return }
    let confirmed = list.yaml.replacing("confirm: needed", with: "confirm: [free, expensive]")
      .replacing("base_url: fill_in", with: "base_url: https://example.com/v1")
    let read = CatalogReader.read(.init(path: "catalog.yaml", text: confirmed))
    #expect(read.diagnostics.isEmpty)
    #expect(read.value?.setAside.isEmpty == true)
    #expect(read.value?.models.count == list.draft.entries.count { $0.model?.isEmbedder == false })
  }
}
