import CatalogReview
import PolicyDiagnostics
import PolicySource
import RoutingCatalog
import Testing

@Suite struct `The difference of two catalogs` {
  @Test(arguments: [
    ("{input: 0.50, output: 2}", "{output: 2.000, input: 0.5}"),
    ("{batch_input: 1, batch_output: 2}", "{batch: {output: 2.0, input: 1}}"),
    (
      "{input: 1, output: 2, long_context: [{above: 200k, input: 2, output: 3, applies_to: request}]}",
      "{input: 1, output: 2, long_context: [{input: 2, output: 3, applies_to: request, above: 200000}]}"
    ),
  ])
  func `is none between two spellings`(old: String, new: String) throws {
    let difference = CatalogDifference(
      try catalog("m: {provider: p, prices: \(old)}"),
      try catalog("m: {prices: \(new), provider: p}"))
    #expect(difference.isEmpty)
  }

  /// Old and new prices, the key that changed, its direction and factor in hundredths.
  static let changes: [(String, String, String, FieldChange.Direction?, Int64?)] = [
    ("input: 0.5", "input: 0.75", "input", .dearer, 150),
    ("input: 3", "input: 1", "input", .cheaper, 33),
    ("input: 0.000001", "input: 999.999999", "input", .dearer, 99_999_999_900),
    ("output: 1", "input: 1", "output", nil, nil),
    ("input: 0, confirm: free", "input: 1, confirm: free", "input", .dearer, nil),
    ("input: 1, confirm: free", "input: 0, confirm: free", "input", .cheaper, 0),
    ("per_request: 0.005", "per_request: 0.01", "per_request", .dearer, 200),
    ("batch_cached_input: stacks", "batch_cached_input: none", "batch cached_input", nil, nil),
    (
      "long_context: [{above: 1k, input: 2, output: 3, applies_to: rest}]",
      "long_context: [{above: 1k, input: 2, output: 6, applies_to: rest}]",
      "output above 1,000, for the rest", .dearer, 200
    ),
  ]

  @Test(arguments: changes)
  func `tells each price with its direction`(
    old: String, new: String, key: String, direction: FieldChange.Direction?, hundredths: Int64?
  ) throws {
    let difference = CatalogDifference(
      try catalog("m: {provider: p, prices: {\(old)}}"),
      try catalog("m: {provider: p, prices: {\(new)}}"))
    #expect(difference.models.changed.map(\.name) == ["m"])
    let change = try #require(difference.models.changed.first?.changes.first { $0.key == key })
    #expect(change.isPrice && change.direction == direction && change.hundredths == hundredths)
  }

  @Test func `tells what came, went and moved`() throws {
    let old = try catalog("a: {provider: p, window: 8k}\nb: {provider: p}")
    let new = try read(
      """
      currency: USD
      reference_tokenizer: qwen
      providers: {p: {base_url: "https://q.example", key_env: P_KEY}}
      models:
        c: {provider: p}
        a: {provider: p, window: 16k, tags: [cheap], prices: {input: 0, confirm: needed}}
      embedders: {e: {provider: p}}
      """)
    let difference = CatalogDifference(old, new)
    #expect(difference.models.added == ["c"] && difference.models.removed == ["b"])
    #expect(difference.embedders.added == ["e"])
    #expect(difference.referenceTokenizer?.new == "qwen")
    #expect(
      difference.models.changed.first?.changes.map(\.key) == [
        "window", "tags", "input", "set aside",
      ])
    #expect(difference.providers.changed.first?.changes.map(\.key) == ["base_url", "key_env"])
    let back = CatalogDifference(new, old)
    #expect(back.models.added == ["b"] && back.models.removed == ["c"])
    #expect(CatalogDifference(new, new).isEmpty)
  }

  @Test func `gives no direction between two currencies`() throws {
    let difference = CatalogDifference(
      try catalog("m: {provider: p, prices: {input: 1}}"),
      try catalog("m: {provider: p, prices: {input: 2}}", currency: "EUR"))
    #expect(difference.currency?.old == "USD" && difference.currency?.new == "EUR")
    #expect(difference.models.changed.first?.changes.first?.direction == nil)
  }
}
