import CatalogImport
import CatalogReview
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingCatalog
import RoutingRuntime
import RoutingTestSupport
import Testing

@Suite struct `A catalog under review` {
  static let today = CalendarDate(year: 2026, month: 11, day: 21)

  @Test(arguments: CatalogReviewPages.all.map(\.code.rawValue))
  func `draws each code as its page shows`(code: String) throws {
    let page = try #require(CatalogReviewPages.all.first { $0.code.rawValue == code })
    for (text, codes) in [(page.wrong, [code]), (page.instead, [])] {
      let found = CatalogReviewer.findings(
        in: try read(try #require(text)), today: Self.today, days: 90)
      #expect(found.map(\.code.rawValue) == codes)
      #expect(found.allSatisfy { $0.severity == page.severity })
    }
  }

  @Test(
    arguments: [
      ("2026-11-21", 0), ("2026-08-23", 0), ("2026-08-22", 1), ("2026-11-22", 1), ("2020-02-29", 1),
    ] as [(String, Int)])
  func `tells prices of more than ninety days, to the day`(date: String, count: Int) throws {
    let read = try catalog("m: {provider: p, prices: {input: 1, date: \(date)}}")
    #expect(
      CatalogReviewer.findings(in: read, today: Self.today, days: 90).count == count)
    #expect(CatalogReviewer.findings(in: read, today: nil, days: 90).isEmpty)
  }

  @Test func `tells one date once, however many models have it`() throws {
    let models = (0..<50).map { "m\($0): {provider: p, prices: {input: 1, date: 2020-01-01}}" }
    let read = try catalog(models.joined(separator: "\n"))
    let found = CatalogReviewer.findings(in: read, today: Self.today, days: 90)
    #expect(found.count == 1 && found[0].message.contains("50 models"))
  }

  @Test func `is counted`() throws {
    let read = try read(
      """
      currency: USD
      providers:
        p: {base_url: "https://p.example"}
        q: {base_url: fill_in}
      models:
        a: {provider: p, prices: {input: 1, output: 2, date: 2026-01-01}}
        b: {provider: p, prices: {input: 1, date: 2026-02-01}}
        c: {provider: p, prices: {input: 0, output: 0, confirm: needed}}
        d: {provider: p, prices: {input: 5000, output: 1, confirm: needed}}
        e: {provider: q, prices: {input: 1, output: 2}}
        f: {provider: q, prices: {input: 0, output: 2, confirm: needed}}
        g: {provider: q, prices: {input: 0, output: 0, confirm: free}}
      embedders:
        h: {provider: q}
        i: {provider: p, prices: {input: 0, confirm: needed}}
      """)
    let summary = CatalogSummary(read)
    #expect(summary.models == 2 && summary.providers == 1 && summary.embedders == 0)
    #expect(summary.unpriced == 1 && summary.undated == 0)
    #expect(summary.setAside == (zero: 3, high: 1, noAddress: 3))
    #expect(summary.providersWithoutAddress == ["q"])
    #expect(summary.oldest == CalendarDate(year: 2026, month: 1, day: 1))
    #expect(read.described.map(\.entry.name) == ["a", "b", "c", "d", "e", "f", "g"])
    #expect(read.vocabulary.setAside.map(\.name) == ["c", "d", "e", "f", "g", "h", "i"])
  }

  @Test func `waits for no word that is not needed`() throws {
    let text = """
      currency: USD
      providers: {p: {base_url: "https://p.example"}}
      models: {m: {provider: p, prices: {input: 1, confirm: needed}}}
      """
    let parsed = CatalogReader.read(SourceFile(path: "catalog.yaml", text: text))
    #expect(parsed.diagnostics.map(\.code.rawValue) == ["catalog_no_effect"])
    #expect(parsed.value?.models.count == 1)
  }
}

@Suite struct `The worked cost` {
  /// Prices, and what 1,000 tokens in and 300 out cost, worked by hand, in nano-units.
  static let worked: [(prices: String, nanos: Int64?, parts: Int)] = [
    ("input: 0.15, output: 0.6", 330_000, 2),
    ("input: 3, output: 15", 7_500_000, 2),
    ("input: 0.000001, output: 0.000001", 2, 2),
    ("input: 1, output: 1, per_request: 0.005", 6_300_000, 2),
    ("input: 1", nil, 0), ("output: 1", nil, 0), ("cached_input: 1", nil, 0),
    (
      "input: 1, output: 1, long_context: [{above: 500, input: 2, output: 4, applies_to: request}]",
      3_200_000, 0
    ),
    (
      "input: 1, output: 1, long_context: [{above: 1k, input: 2, output: 4, applies_to: request}]",
      1_300_000, 2
    ),
  ]

  @Test(arguments: worked)
  func `is what a hand finds`(prices: String, nanos: Int64?, parts: Int) throws {
    let read = try catalog("m: {provider: p, prices: {\(prices)}}")
    let cost = WorkedCost(try #require(read.vocabulary.models.first).prices)
    #expect(cost?.total.nanos == nanos)
    #expect((cost?.parts ?? []).count == parts)
  }

  @Test func `is the sum of its parts for every model of the public list`() throws {
    let name = "litellm-model_prices_and_context_window.json"
    guard let bytes = try SharedData.bytes(of: name, for: "worked costs") else { return }
    let draft = try LiteLLMImport.read(bytes)
    var checked = 0
    for model in draft.entries.compactMap(\.model) where !model.isEmbedder {
      let cost = try #require(WorkedCost(model.prices))
      guard !cost.parts.isEmpty else { continue }
      let picos =
        cost.parts.reduce(Int128(0)) { $0 + $1.picos } + Int128(cost.fee?.nanos ?? 0) * 1000
      #expect(Int128(cost.total.nanos) == (picos + 999) / 1000, "\(model.word)")
      checked += 1
    }
    SharedData.say("\(checked) worked costs")
    #expect(checked > 2000)
  }
}
