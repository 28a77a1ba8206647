import PolicyDiagnostics
import PolicySemantics
import PolicySource
import RoutingCatalog
import RoutingTestSupport
import Testing

/// A small generator with a seed that a failure prints.
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

@Suite(.serialized) struct `Hostile catalogs` {
  static let large: [(name: String, text: @Sendable () -> String)] = [
    (
      "many providers and models",
      {
        "currency: USD\nproviders:\n"
          + (0..<10_000).map { "  p\($0): {base_url: \"https://p\($0).example\"}\n" }.joined()
          + "models:\n" + (0..<10_000).map { "  m\($0): {provider: p\($0)}\n" }.joined()
      }
    ),
    (
      "many unknown providers on one line",
      {
        "{currency: USD, providers: {"
          + (0..<10_000).map { "p\($0): {base_url: x}" }.joined(separator: ", ") + "}, models: {"
          + (0..<10_000).map { "m\($0): {provider: q\($0)}" }.joined(separator: ", ") + "}}"
      }
    ),
    (
      "many unknown keys",
      { "currency: USD\n" + (0..<100_000).map { "currencx\($0): USD\n" }.joined() }
    ),
    (
      "many tags",
      {
        "currency: USD\nproviders: {p: {base_url: \"https://p.example\"}}\nmodels:\n"
          + "  m: {provider: p, tags: [" + (0..<100_000).map { "t\($0)" }.joined(separator: ", ")
          + "]}\n"
      }
    ),
    (
      "many things that look like keys",
      { "[" + (0..<100_000).map { "sk-0123456789abcdef\($0)" }.joined(separator: ",") + "]" }
    ),
    (
      "one very long price",
      {
        "currency: USD\nmodels: {m: {prices: {input: \(String(repeating: "9", count: 4_000_000))}}}"
      }
    ),
    (
      "one very long name",
      { "currency: USD\nmodels: {m: {provider: \(String(repeating: "ä", count: 2_000_000))}}" }
    ),
  ]

  @Test(arguments: large.map(\.name))
  func `are read or refused at once`(name: String) throws {
    let text = try #require(Self.large.first { $0.name == name }).text()
    let file = SourceFile(path: "hostile.yaml", text: text)
    var parsed = Parsed<Catalog?>(nil, diagnostics: [])
    let time = ContinuousClock().measure { parsed = CatalogReader.read(file) }
    SharedData.say("\(name): \(file.bytes.count) bytes in \(time)")
    #expect(parsed.diagnostics.count <= 300)
    #expect(parsed.diagnostics.allSatisfy { $0.message.utf8.count < 1000 })
    // An unoptimised build on a busy machine; anything quadratic takes minutes.
    #expect(time < .seconds(60))
  }

  @Test func `never lose an error among warnings`() {
    let idle = (0..<150).map { "  m\($0): {provider: p, balance: fastest}\n" }.joined()
    let text =
      "currency: USD\nproviders: {p: {base_url: \"https://p.example\"}}\nmodels:\n"
      + idle + "  last: {provider: nobody}\n"
    let read = CatalogText(text)
    #expect(read.diagnostics.filter { $0.severity == .warning }.count == 100)
    #expect(read.codes.contains("catalog_unknown_provider"))
  }

  @Test(arguments: [3, 0xBEEF] as [UInt64])
  func `are none after a mutation either`(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    let corpus =
      try Checkout.catalogs.map { try Checkout.bytes($0) }
      + Checkout.cases.map { try Checkout.bytes("Tests/RoutingCatalogTests/Cases/\($0)") }
    let marks = Array("[]{}:,-&*!|>%@'\"#\t\n \\$0123456789.km%é".utf8)
    var refused = 0
    for round in 0..<1_500 {
      var bytes = try #require(corpus.randomElement(using: &generator))
      for _ in 0..<Int.random(in: 1...5, using: &generator) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes.remove(at: at)
        case 1: bytes.insert(marks.randomElement(using: &generator) ?? 0, at: at)
        default: bytes[at] = marks.randomElement(using: &generator) ?? 0
        }
      }
      let read = CatalogText(bytes: bytes, path: "mutated.yaml")
      if read.diagnostics.hasErrors { refused += 1 }
      let isSound = read.diagnostics.allSatisfy { finding in
        read.file.span.contains(finding.span) && !finding.message.contains("\n")
          && finding.notes.allSatisfy { $0.span.map(read.file.span.contains) ?? true }
      }
      #expect(isSound, "seed \(seed), round \(round): \(bytes)")
      if let catalog = read.catalog {
        #expect(catalog.models.count == catalog.vocabulary.models.count)
      } else {
        #expect(read.diagnostics.hasErrors, "seed \(seed), round \(round)")
      }
    }
    SharedData.say("1500 mutated catalogs from seed \(seed), \(refused) refused")
    #expect(refused > 300)
  }
}
