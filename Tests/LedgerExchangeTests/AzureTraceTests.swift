import RoutingBudgets
import RoutingLedger
import RoutingTestSupport
import Testing

@testable import LedgerExchange

@Suite struct `The Azure trace` {
  @Test func `is known by its columns and read whole`() throws {
    let reader = "the Azure trace"
    guard let bytes = try SharedData.bytes(of: "AzureLLMInferenceTrace_code.csv", for: reader)
    else { return }
    let whole = try WholeImport(bytes)
    SharedData.say("\(reader): \(whole.rows.count) of \(whole.items.count) requests read")
    #expect(whole.kind == .azureTrace)
    #expect(whole.rows.count == 8_819)
    #expect(whole.problems == [])
    #expect(Set(whole.rows.map(\.entry.id)).count == 8_819)
    var tally = ImportTally(showing: 5)
    for item in whole.items { tally.add(item) }
    #expect(tally.records == 8_819)
    #expect(tally.unknownCosts == 8_819)
    // Summed by another program.
    #expect(tally.inputTokens == Self.inputTokens)
    #expect(tally.outputTokens == Self.outputTokens)
    #expect(tally.earliest.flatMap { ISOTime.text($0) } == "2023-11-16T18:17:03.979Z")
    #expect(tally.latest.flatMap { ISOTime.text($0) } == "2023-11-16T19:14:19.928Z")
  }

  static let inputTokens: Int128 = 18_059_974
  static let outputTokens: Int128 = 245_896
}
