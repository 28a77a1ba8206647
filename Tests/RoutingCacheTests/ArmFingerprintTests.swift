import PolicyDiagnostics
import PolicySemantics
import PolicyWorkspace
import RoutingCatalog
import Testing

@testable import RoutingCache

/// What changes the fingerprint of a route and arm, and what does not.
struct ArmFingerprintTests {
  private static let policy = """
    rung 1
    catalog "catalog.yaml"

    gate brief = length <= 200 chars
    gate shaped = schema("answer.json")

    ladder careful(max_budget = $0.05) {
      tier small accept brief and shaped
      tier large accept shaped
      on exhausted return last
    }

    route faq when prompt mentions "opening hours" {
      cache exact for 1h per tenant
      append system "Be short."
      stop when answer contains "END"
      use careful
    }

    route trial when prompt mentions "trial" {
      cache exact for 1h
      split by user {
        50% use small
        50% use large
      }
    }

    otherwise { use small fallback large }
    """

  private static let catalog = """
    currency: USD
    reference_tokenizer: qwen
    providers:
      one: {base_url: "http://127.0.0.1:1/v1"}
    models:
      small: {provider: one, upstream: small-1, window: 32k, max_output: 2k, capabilities: [json], tokenizer: qwen, prices: {input: 0.1, output: 0.5, date: 2026-11-21, source: test}}
      large: {provider: one, upstream: large-1, window: 32k, max_output: 4k, capabilities: [json], tokenizer: qwen, prices: {input: 1, output: 5, date: 2026-11-21, source: test}}
    """

  private static let schema = #"{"type":"object"}"#

  /// A change, and whether `faq`, the arms of `trial` and `otherwise` are others after it.
  struct Change: CustomTestStringConvertible, Sendable {
    let old: String
    let new: String
    let faq: Bool
    let trial: Bool
    let rest: Bool

    init(_ old: String, _ new: String, faq: Bool = false, trial: Bool = false, rest: Bool = false) {
      (self.old, self.new, self.faq, self.trial, self.rest) = (old, new, faq, trial, rest)
    }

    var testDescription: String { "\(old) → \(new)" }
  }

  static let changes: [Change] = [
    // What only chooses a route, or costs.
    Change(#"mentions "opening hours""#, #"mentions ("opening hours", "address")"#),
    Change("50% use small\n    50% use large", "40% use small\n    60% use large"),
    Change("input: 0.1,", "input: 0.2,"),
    Change(
      "date: 2026-11-21, source: test}}\n  large", "date: 2026-11-20, source: test}}\n  large"),
    // What a route does.
    Change("cache exact for 1h per tenant", "cache exact for 2h per tenant", faq: true),
    Change("cache exact for 1h per tenant", "cache exact for 1h per user", faq: true),
    Change("Be short.", "Be short", faq: true),
    Change("append system", "prepend system", faq: true),
    Change(#"contains "END""#, #"contains "End""#, faq: true),
    Change("$0.05", "$0.06", faq: true),
    Change("return last", "fail", faq: true),
    Change("accept brief and shaped", "accept brief", faq: true),
    Change("<= 200 chars", "<= 201 chars", faq: true),
    Change("tier large", "tier large max_output 1k tokens", faq: true),
    Change("route faq", "route questions", faq: true),
    Change("use small fallback large", "use large fallback small", rest: true),
    Change("use small fallback large", "use small fallback large timeout 5s", rest: true),
    // What it is done with.
    Change("upstream: small-1", "upstream: small-2", faq: true, trial: true, rest: true),
    Change("127.0.0.1:1", "127.0.0.1:2", faq: true, trial: true, rest: true),
    Change(#""object""#, #""array""#, faq: true),
  ]

  @Test(arguments: changes)
  func `is another for another effect`(change: Change) throws {
    func apply(_ text: String) -> String { text.replacing(change.old, with: change.new) }
    let before = try digests(Self.policy, Self.catalog, Self.schema)
    let after = try digests(apply(Self.policy), apply(Self.catalog), apply(Self.schema))
    #expect((before.faq != after.faq) == change.faq)
    #expect((before.trial != after.trial) == change.trial)
    #expect((before.rest != after.rest) == change.rest)
    #expect(
      apply(Self.policy + Self.catalog + Self.schema) != Self.policy + Self.catalog + Self.schema)
  }

  @Test func `is another for each route and arm, and the same in every process`() throws {
    let digests = try digests(Self.policy, Self.catalog, Self.schema)
    #expect(Set([digests.faq, digests.rest] + digests.trial).count == 4)
  }

  private struct Digests {
    let faq: CacheDigest
    let trial: [CacheDigest]
    let rest: CacheDigest
  }

  private func digests(_ policy: String, _ catalog: String, _ schema: String) throws -> Digests {
    let files = ["policy.rung": policy, "catalog.yaml": catalog, "answer.json": schema]
    var read: Catalog?
    let loaded = PolicyLoader.load(
      path: "policy.rung", read: { files[$0].map { Array($0.utf8) } },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        read = parsed.value
        return (parsed.value?.vocabulary, parsed.diagnostics)
      })
    let checked = try #require(loaded.checked, "\(loaded.diagnostics.map(\.message))")
    let arms = ArmFingerprints(checked, try #require(read))
    return Digests(
      faq: try #require(arms[RouteID(0), 0]),
      trial: [try #require(arms[RouteID(1), 0]), try #require(arms[RouteID(1), 1])],
      rest: try #require(arms[RouteID(2), 0]))
  }
}
