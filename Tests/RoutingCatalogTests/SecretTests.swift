import PolicyDiagnostics
import PolicySource
import RoutingCatalog
import Testing

@Suite struct `Keys in a catalog` {
  static let key = "sk-proj-4f9aK2mQ7vT1xZ8bC3nL6pR0"

  static let places: [String] = [
    "currency: USD\nproviders: {p: {base_url: \"https://p.example\", key_env: KEY}}",
    "currency: USD\nproviders:\n  p:\n    base_url: https://p.example\n    key_env: KEY",
    "currency: USD\nproviders:\n  p:\n    base_url: https://p.example\n    key_env: [KEY]",
    "currency: USD\nproviders:\n  p:\n    base_url: https://p.example\n    api_key: KEY",
    "currency: USD\nproviders:\n  p:\n    base_url: https://p.example\n    headers: {Auth: KEY}",
    "currency: USD\nproviders:\n  p:\n    base_url: https://me:KEY@p.example",
    "currency: USD\nproviders:\n  p: KEY",
    "currency: KEY",
    "KEY: USD",
    "KEY",
    "[KEY]",
    "currency: USD\nmodels:\n  m: {provider: KEY, tags: [KEY], region: KEY, prices: {input: KEY}}",
    "currency: USD\nmodels: [KEY\n",
    "currency: USD\nmodels: &a {x: KEY}",
    "currency: USD\nproviders:\n  p:\n    base_url: https://p.example\n    key_env: KEY\n\tx: y",
  ]

  @Test(arguments: places)
  func `are refused and never shown`(place: String) {
    let read = CatalogText(place.replacing("KEY", with: Self.key))
    #expect(read.diagnostics.hasErrors)
    #expect(!read.report.contains("4f9aK2"), "\(read.report)")
    let words = read.diagnostics.flatMap { finding in
      [finding.message] + finding.notes.map(\.message)
        + finding.fixIts.flatMap { [$0.message] + $0.edits.map(\.replacement) }
    }
    #expect(!words.contains { $0.contains("4f9aK2") }, "\(words)")
  }

  @Test(arguments: [
    ("pplx-70b-online", false), ("pplx-embed-v1-0.6b", false),
    ("pplx-0123456789abcdef0123456789abcdef0123456789abcdef", true),
    ("hf_0123456789abcdef", true), ("sk-proj-0123456789", true), ("qwen/qwen3-235b-a22b", false),
  ])
  func `are told from the names of models`(name: String, isKey: Bool) {
    #expect(SecretLikeness.isKey(name) == isKey)
  }

  @Test(arguments: [
    ("OPENAI_API_KEY", true), ("KEY2", true), ("_X", true), ("openai_api_key", false),
    ("2KEY", false), ("MY-KEY", false), ("$KEY", false), ("A KEY", false), ("''", false),
    ("AKIAIOSFODNN7EXAMPLE", false), ("0123456789ABCDEF", false), ("KEY=x", false),
    ("ABCDEFGHIJKLMNOPQRST12", false), ("A_VERY_LONG_NAME_OF_A_VARIABLE_2", true),
  ])
  func `are named by a variable`(name: String, isTaken: Bool) throws {
    let read = CatalogText(
      model: "provider: p",
      providers: "{p: {base_url: \"https://p.example\", key_env: \(name)}}")
    #expect(read.diagnostics.isEmpty == isTaken, "\(read.report)")
    #expect(read.catalog?.providers.first?.keyVariable == (isTaken ? name : nil))
  }
}
