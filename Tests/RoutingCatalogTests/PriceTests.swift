import PolicyDiagnostics
import PolicySemantics
import PolicyUnits
import RoutingCatalog
import Testing

@Suite struct `Prices` {
  /// What is written, and pico-units per token.
  static let exact: [(text: String, picos: Int64)] = [
    ("0.25", 250_000), ("0.01", 10_000), ("2.50", 2_500_000), ("10", 10_000_000),
    ("0.075", 75_000), ("0.000001", 1), ("0.1", 100_000), ("0.3", 300_000), ("1.1", 1_100_000),
    ("0.7", 700_000), ("0.29", 290_000), ("4.35", 4_350_000), ("1.005", 1_005_000),
    ("999.999999", 999_999_999), ("1000", 1_000_000_000), ("1000.000000", 1_000_000_000),
    ("0.2500000000", 250_000), ("00.25", 250_000), ("'0.25'", 250_000), ("\"0.25\"", 250_000),
    ("0.1234560", 123_456),
  ]

  @Test(arguments: exact)
  func `become integers exactly`(text: String, picos: Int64) throws {
    let read = CatalogText(prices: "input: \(text)")
    #expect(read.report == "")
    let model = try #require(read.catalog?.vocabulary.models.first)
    #expect(model.prices.input == Price(picosPerToken: picos))
    #expect(model.prices.output == nil)
  }

  static let refused: [(text: String, reason: String)] = [
    ("-1", "below zero"), ("-0.25", "below zero"), ("1e-7", "exponents"), ("2.5E1", "exponents"),
    ("'1,000'", "separators"), ("1_000", "separators"), ("'0,25'", "separators"),
    ("1'000", "separators"), ("$0.25", "currency"), ("'0.25 €'", "currency"),
    ("USD 0.25", "currency"), ("0.25 USD", "currency"), ("£1", "currency"),
    ("0.25/M", "the unit"), ("0.25 per 1M", "the unit"), ("1k", "the unit"), ("1M", "the unit"),
    ("0.0000001", "more than 6 decimals"), ("0.1234567890123456789", "more than 6 decimals"),
    ("0.1234567", "more than 6 decimals"),
    (".5", "both sides"), ("5.", "both sides"), ("1.2.3", "missing is unknown"),
    ("~", "missing is unknown"), ("null", "missing is unknown"), ("free", "missing is unknown"),
    ("unknown", "missing is unknown"), ("n/a", "missing is unknown"),
    (".inf", "missing is unknown"),
    (".", "both sides"), ("+1", "missing is unknown"), ("0x10", "the unit"), ("no", "missing is"),
    ("12345678901234567890", "too large"), ("99999999999999", "too large"),
    ("٣", "missing is unknown"), ("1.5٣", "the unit"),
  ]

  @Test(arguments: refused)
  func `are refused with the reason`(text: String, reason: String) throws {
    let read = CatalogText(prices: "input: \(text), output: 0.5")
    #expect(read.codes == ["catalog_bad_price"])
    let notes = read.diagnostics.flatMap(\.notes).map(\.message)
    #expect(notes.contains { $0.contains(reason) }, "\(notes)")
    let model = try #require(read.catalog?.vocabulary.models.first)
    #expect(model.prices.input == nil, "a refused price is unknown")
    #expect(model.prices.output == Price(picosPerToken: 500_000))
  }

  static let confirmed: [(prices: String, codes: [String])] = [
    ("input: 0", ["catalog_zero_price"]),
    ("input: 0.000, output: 0", ["catalog_zero_price", "catalog_zero_price"]),
    ("input: 0, output: 0, confirm: free", []),
    ("cache_write: 0", []),
    ("cache_write_long: 0", []),
    ("batch: {input: 1, cached_input: 0}", ["catalog_zero_price"]),
    ("batch: {input: 1, cached_input: 0}, confirm: free", []),
    ("per_request: 0", []),
    ("cached_input: 0", ["catalog_zero_price"]),
    ("input: 1000", []),
    ("input: 1000.000001", ["catalog_high_price"]),
    ("input: 1000.000001, confirm: expensive", []),
    ("input: 2000, output: 0, confirm: [free, expensive]", []),
    ("input: 2000, confirm: free", ["catalog_high_price"]),
    ("input: 0, confirm: yes", ["catalog_bad_value", "catalog_zero_price"]),
    ("per_request: 1.5", ["catalog_high_price"]),
    ("batch: {input: 0, output: 1}", ["catalog_zero_price"]),
  ]

  @Test(arguments: confirmed)
  func `are zero or high only on purpose`(prices: String, codes: [String]) {
    #expect(CatalogText(prices: prices).codes.sorted() == codes)
  }

  @Test func `are all kept`() throws {
    let read = CatalogText(
      model: """
        provider: p
        prices:
          input: 1
          output: 2
          cached_input: 0.1
          cache_write: 1.25
          cache_write_long: 2
          reasoning: 3
          batch: {input: 0.5, output: 1.5, cached_input: 0.05}
          per_request: 0.000000001
          long_context:
            - {above: 128k, input: 2, output: 4, applies_to: request}
            - above: 200k
              input: 3
              output: 6
              cached_input: 0.3
              cache_write: 3.75
              cache_write_long: 6
              applies_to: rest
          date: 2026-02-28
          source: a list
        """)
    #expect(read.report == "")
    let catalog = try #require(read.catalog)
    let prices = try #require(catalog.vocabulary.models.first).prices
    let figures = [
      prices.input, prices.output, prices.cachedInput, prices.cacheWrite, prices.reasoning,
      prices.batchInput, prices.batchOutput, prices.cacheWriteLong,
    ].map { $0?.picosPerToken }
    #expect(
      figures == [
        1_000_000, 2_000_000, 100_000, 1_250_000, 3_000_000, 500_000, 1_500_000, 2_000_000,
      ])
    #expect(prices.batchCachedInput == .price(Price(picosPerToken: 50_000)))
    #expect(prices.perRequest == Money(nanos: 1))
    #expect(prices.longContext.map(\.threshold) == [128_000, 200_000])
    #expect(prices.longContext.map(\.appliesToWholeRequest) == [true, false])
    #expect(prices.longContext.map(\.output.picosPerToken) == [4_000_000, 6_000_000])
    #expect(prices.longContext.map { $0.cachedInput?.picosPerToken } == [nil, 300_000])
    #expect(prices.longContext.map { $0.cacheWrite?.picosPerToken } == [nil, 3_750_000])
    #expect(prices.longContext.map { $0.cacheWriteLong?.picosPerToken } == [nil, 6_000_000])
    #expect(catalog.models.first?.priceDate == CalendarDate(year: 2026, month: 2, day: 28))
    #expect(catalog.models.first?.priceSource == "a list")
  }

  /// What is written under `batch`, what it means, and the codes of what is refused.
  static let batches: [(text: String, meaning: BatchCachedInput?, codes: [String])] = [
    ("batch: {input: 1, output: 2}", nil, []),
    ("batch: {input: 1, output: 2, cached_input: 0.6}", .price(Price(picosPerToken: 600_000)), []),
    ("batch: {input: 1, output: 2, cached_input: stacks}", .stacks, []),
    ("batch: {input: 1, output: 2, cached_input: none}", BatchCachedInput.none, []),
    ("batch_input: 1, batch_output: 2, batch_cached_input: stacks", .stacks, []),
    ("batch: {input: 1, output: 2, cached_input: half}", nil, ["catalog_bad_price"]),
    ("batch: {input: 1, output: 2, cached_input: -1}", nil, ["catalog_bad_price"]),
    ("batch: {input: 1, cached: 1}", nil, ["catalog_unknown_key"]),
    ("batch: {input: 1}, batch_cached_input: stacks", nil, ["catalog_conflict"]),
  ]

  @Test(arguments: batches)
  func `of cached tokens in a batch are a figure or a rule`(
    text: String, meaning: BatchCachedInput?, codes: [String]
  ) {
    let read = CatalogText(prices: text)
    #expect(read.codes == codes)
    #expect(read.catalog?.vocabulary.models.first?.prices.batchCachedInput == meaning)
  }

  @Test func `of cached tokens in a batch say what may stand there`() {
    let read = CatalogText(prices: "batch: {cached_input: half}")
    #expect(read.report.contains("or `stacks` or `none`, not `half`"), "\(read.report)")
  }

  @Test func `of a currency that counts in hundreds are not taken for slips`() {
    let text =
      "currency: JPY\nproviders: {p: {base_url: \"https://p.example\"}}\n"
      + "models: {m: {provider: p, prices: {input: 1500}}}"
    #expect(CatalogText(text).report == "")
  }
}
