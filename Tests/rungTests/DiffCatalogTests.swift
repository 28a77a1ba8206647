import Foundation
import Testing

/// Everything a catalog can say is either told by `rung diff` when it changes or known to matter to
/// no request: the keys are asked of the reader itself, so that a new one cannot be forgotten here.
@Suite struct `A difference of catalogs` {
  /// What becomes of a changed value.
  private enum Told {
    /// The difference says so, and `--fail-on` finds this kind of change.
    case by(String)
    /// It changes no request and no call: why.
    case not(String)
  }

  /// One value of `catalog`, what it becomes, and what the difference makes of that.
  private struct Case {
    let key: String
    let old: String
    let new: String
    let told: Told

    init(_ key: String, _ old: String, _ new: String, _ told: Told) {
      (self.key, self.old, self.new, self.told) = (key, old, new, told)
    }
  }

  private static let catalog = """
    currency: USD
    reference_tokenizer: qwen
    providers:
      near:
        base_url: https://near.example/v1
        key_env: NEAR_KEY
        timeouts: {connect: 2s, first_byte: 20s, whole: 60s, silence: 25s}
        usage: {cached_tokens: inside, reasoning_tokens: inside}
        bills_cancelled: yes
      far: {base_url: "https://far.example/v1"}
      idle: {base_url: "https://idle.example/v1", key_env: IDLE_KEY}
    models:
      cheap:
        provider: near
        region: eu
        upstream: vendor/cheap
        rpm: 60
        tpm: 50k
        window: 32k
        max_output: 8k
        capabilities: [json, streaming]
        tags: [small]
        tokenizer: qwen
        latency_p50: 80ms
        quality: 0.81
        acceptance: {share: 81%, source: measured}
        prices:
          input: 0.11
          output: 0.12
          cached_input: 0.013
          cache_write: 0.014
          cache_write_long: 0.015
          reasoning: 0.16
          batch: {input: 0.017, output: 0.018, cached_input: 0.009}
          per_request: 0.0001
          long_context: [{above: 16k, input: 0.21, output: 0.22, cached_input: 0.023, cache_write: 0.024, cache_write_long: 0.025, applies_to: request}]
          date: 2026-11-20
          source: list
      strong:
        upstream: vendor/strong
        deployments:
          - {provider: near, region: us, weight: 3, rpm: 70, tpm: 70k, upstream: vendor/strong-us}
          - {provider: far}
        balance: weighted
        cooldown: {after: 3 failures, for: 61s}
        prices: {input: 1.1, output: 1.2, batch_input: 0.51, batch_output: 0.52, batch_cached_input: 0.05}
      unused: {provider: idle, tags: [small, spare], upstream: vendor/unused, prices: {input: 9, output: 9}}
    embedders:
      minilm:
        deployments:
          - {provider: far, region: ap, weight: 4, rpm: 90, tpm: 90k, upstream: vendor/minilm}
          - {provider: near}
        upstream: vendor/other
        balance: weighted
        cooldown: {after: 2 failures, for: 62s}
        dimensions: 384
        prices: {input: 0.31, date: 2026-11-19, source: sheet}

    """

  private static let policy = """
    rung 1
    catalog "catalog.yaml"
    guard contained when prompt has secret { only models where model.tag = small }
    gate good = json
    ladder steps { tier cheap accept good  tier strong max_output 1k tokens }
    route long when prompt.tokens > 4k { use strong max_output 2k tokens }
    otherwise {
      use steps
      cache similar >= 0.9 by minilm for 1h per tenant
    }
    """

  private static let measured = "it is measured or noted of a model, and nobody decides by it"
  private static let cases = [
    Case("a catalog/currency", "currency: USD", "currency: EUR", .by("price")),
    Case("a catalog/reference_tokenizer", "nizer: qwen\nprov", "nizer: llama\nprov", .by("units")),
    Case("a catalog/providers", "near.example", "evil.example", .by("calls")),
    Case("a catalog/models", "vendor/cheap", "vendor/dear", .by("calls")),
    Case("a catalog/embedders", "vendor/minilm", "vendor/maxilm", .by("calls")),

    Case("a provider/base_url", "far.example", "evil.example", .by("calls")),
    Case("a provider/key_env", "NEAR_KEY", "OTHER_KEY", .by("calls")),
    Case("a provider/timeouts", "timeouts: {", "timeouts: {", .not("its values are below")),
    Case("a provider/usage", "usage: {", "usage: {", .not("its values are below")),
    Case("a provider/bills_cancelled", "cancelled: yes", "cancelled: no", .by("calls")),
    Case("`timeouts`/connect", "connect: 2s", "connect: 3s", .by("calls")),
    Case("`timeouts`/first_byte", "20s", "30s", .by("calls")),
    Case("`timeouts`/whole", "60s", "90s", .by("calls")),
    Case("`timeouts`/silence", "25s", "26s", .by("calls")),
    Case("`usage`/cached_tokens", "cached_tokens: inside", "cached_tokens: outside", .by("calls")),
    Case(
      "`usage`/reasoning_tokens", "reasoning_tokens: inside", "reasoning_tokens: outside",
      .by("calls")),

    Case("a model/provider", "provider: near\n", "provider: far\n", .by("place")),
    Case("a model/region", "region: eu", "region: us", .by("place")),
    Case("a model/upstream", "upstream: vendor/strong\n", "upstream: else\n", .by("calls")),
    Case("a model/rpm", "rpm: 60", "rpm: 61", .by("calls")),
    Case("a model/tpm", "tpm: 50k", "tpm: 51k", .by("calls")),
    Case(
      "a model/deployments", "{provider: far}\n    ba", "{provider: near}\n    ba", .by("calls")),
    Case(
      "a model/balance", "balance: weighted\n    cooldown: {after: 3",
      "balance: fastest\n    cooldown: {after: 3", .by("calls")),
    Case("a model/cooldown", "after: 3", "after: 4", .by("calls")),
    Case("a model/window", "window: 32k", "window: 31k", .by("models")),
    Case("a model/max_output", "max_output: 8k", "max_output: 7k", .by("models")),
    Case("a model/capabilities", "[json, streaming]", "[streaming]", .by("models")),
    Case("a model/tags", "[small]", "[spare]", .by("refused")),
    Case(
      "a model/tokenizer", "tokenizer: qwen\n    lat", "tokenizer: llama\n    lat", .by("models")),
    Case("a model/latency_p50", "80ms", "90ms", .not(measured)),
    Case("a model/quality", "0.81", "0.82", .not(measured)),
    Case("a model/acceptance", "81%", "82%", .not(measured)),
    Case("a model/prices", "input: 1.1,", "input: 1.2,", .by("price")),
    Case("`acceptance`/share", "81%", "12%", .not(measured)),
    Case("`acceptance`/source", "source: measured", "source: guessed", .not(measured)),

    Case(
      "a deployment/provider", "{provider: near, region: us", "{provider: far, region: us",
      .by("calls")),
    Case("a deployment/region", "region: us", "region: eu", .by("place")),
    Case("a deployment/rpm", "rpm: 70", "rpm: 71", .by("calls")),
    Case("a deployment/tpm", "tpm: 70k", "tpm: 71k", .by("calls")),
    Case("a deployment/upstream", "vendor/strong-us", "vendor/strong-eu", .by("calls")),
    Case("a deployment/weight", "weight: 3", "weight: 1", .by("calls")),
    Case("`cooldown`/after", "after: 3", "after: 9", .by("calls")),
    Case("`cooldown`/for", "for: 61s", "for: 63s", .by("calls")),

    Case("`prices`/input", "input: 0.11", "input: 0.13", .by("price")),
    Case("`prices`/output", "output: 0.12", "output: 0.13", .by("price")),
    Case("`prices`/cached_input", "cached_input: 0.013", "cached_input: 0.012", .by("price")),
    Case("`prices`/cache_write", "cache_write: 0.014", "cache_write: 0.012", .by("price")),
    Case("`prices`/cache_write_long", "long: 0.015", "long: 0.012", .by("price")),
    Case("`prices`/reasoning", "reasoning: 0.16", "reasoning: 0.17", .by("price")),
    Case("`prices`/batch", "batch: {", "batch: {", .not("its values are below")),
    Case("`batch`/input", "input: 0.017", "input: 0.016", .by("price")),
    Case("`batch`/output", "output: 0.018", "output: 0.016", .by("price")),
    Case("`batch`/cached_input", "cached_input: 0.009", "cached_input: stacks", .by("price")),
    Case("`prices`/batch_input", "batch_input: 0.51", "batch_input: 0.5", .by("price")),
    Case("`prices`/batch_output", "batch_output: 0.52", "batch_output: 0.5", .by("price")),
    Case("`prices`/batch_cached_input", "input: 0.05}", "input: none}", .by("price")),
    Case("`prices`/per_request", "0.0001", "0.0002", .by("price")),
    Case(
      "`prices`/long_context", "long_context: [", "long_context: [", .not("its values are below")),
    Case("a step/above", "above: 16k", "above: 15k", .by("price")),
    Case("a step/input", "input: 0.21", "input: 0.2", .by("price")),
    Case("a step/output", "output: 0.22", "output: 0.2", .by("price")),
    Case("a step/cached_input", "cached_input: 0.023", "cached_input: 0.02", .by("price")),
    Case("a step/cache_write", "cache_write: 0.024", "cache_write: 0.02", .by("price")),
    Case("a step/cache_write_long", "long: 0.025", "long: 0.02", .by("price")),
    Case("a step/applies_to", "applies_to: request", "applies_to: rest", .by("price")),
    Case("`prices`/date", "2026-11-20", "2026-11-18", .not(measured)),
    Case("`prices`/source", "source: list", "source: paper", .not(measured)),
    Case(
      "`prices`/confirm", "input: 0.11", "confirm: free\n      input: 0.11",
      .not("a usable model has said it, and one set aside is called by nobody")),

    Case(
      "an embedder/deployments", "{provider: near}\n    up", "{provider: idle}\n    up",
      .by("calls")),
    Case(
      "an embedder/balance", "balance: weighted\n    cooldown: {after: 2",
      "balance: fastest\n    cooldown: {after: 2", .not("embedders are not balanced")),
    Case("an embedder/cooldown", "after: 2", "after: 3", .not("embedders do not rest")),
    Case("an embedder/upstream", "vendor/other", "vendor/another", .by("calls")),
    Case(
      "an embedder/provider", "{provider: far, region: ap", "{provider: near, region: ap",
      .by("calls")),
    Case("an embedder/region", "region: ap", "region: eu", .by("place")),
    Case("an embedder/rpm", "rpm: 90", "rpm: 91", .by("calls")),
    Case("an embedder/tpm", "tpm: 90k", "tpm: 91k", .by("calls")),
    Case("an embedder/dimensions", "384", "385", .by("calls")),
    Case("an embedder/prices", "input: 0.31", "input: 0.32", .by("cache")),
    Case("`prices` of an embedder/input", "input: 0.31", "input: 0.33", .by("cache")),
    Case("`prices` of an embedder/date", "2026-11-19", "2026-11-18", .not(measured)),
    Case("`prices` of an embedder/source", "source: sheet", "source: paper", .not(measured)),
    Case(
      "`prices` of an embedder/confirm", "input: 0.31", "confirm: free, input: 0.31",
      .not("a usable embedder has said it")),
  ]

  /// A mapping of each kind: where an unknown key is put into it.
  private static let mappings = [
    ("a catalog", "currency:", "zzqq: 1\ncurrency:"),
    ("a provider", "far: {", "far: {zzqq: 1, "),
    ("`timeouts`", "timeouts: {", "timeouts: {zzqq: 1, "),
    ("`usage`", "usage: {", "usage: {zzqq: 1, "),
    ("a model", "unused: {", "unused: {zzqq: 1, "),
    ("a deployment", "- {provider: near, region: us", "- {zzqq: 1, provider: near, region: us"),
    ("`cooldown`", "cooldown: {after: 3", "cooldown: {zzqq: 1, after: 3"),
    ("`acceptance`", "acceptance: {", "acceptance: {zzqq: 1, "),
    ("`prices`", "prices: {input: 1.1", "prices: {zzqq: 1, input: 1.1"),
    ("`batch`", "batch: {", "batch: {zzqq: 1, "),
    ("a step", "[{above", "[{zzqq: 1, above"),
    ("an embedder", "dimensions:", "zzqq: 1\n    dimensions:"),
    ("`prices` of an embedder", "prices: {input: 0.31", "prices: {zzqq: 1, input: 0.31"),
  ]

  /// Both policies, the second with a changed catalog.
  private static func write(_ shell: Shell, _ old: String, _ new: String) throws {
    let parts = catalog.components(separatedBy: old)
    try #require(parts.count == 2, "`\(old)` stands \(parts.count - 1) times in the catalog")
    for (folder, text) in [("old", catalog), ("new", parts.joined(separator: new))] {
      try shell.write(text, to: "\(folder)/catalog.yaml")
      try shell.write(policy, to: "\(folder)/policy.rung")
    }
  }

  @Test func `knows every key that a catalog takes`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    var known: Set<String> = []
    for (mapping, old, new) in Self.mappings {
      try Self.write(shell, old, new)
      let said = try shell.run("rung check new").joined(separator: "\n")
      let list = try #require(
        said.components(separatedBy: "its keys are ").dropFirst().first, "\(said)")
      let keys = list.prefix { $0 != "\n" }.components(separatedBy: "`").enumerated()
        .filter { $0.offset % 2 == 1 }.map(\.element)
      #expect(keys.count > 1, "\(mapping): \(said)")
      known.formUnion(keys.map { "\(mapping)/\($0)" })
    }
    #expect(Set(Self.cases.map(\.key)).symmetricDifference(known) == [])
  }

  @Test(arguments: Self.cases.indices)
  func `tells every value that changes a request or a call`(index: Int) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let item = Self.cases[index]
    try Self.write(shell, item.old, item.new)
    let any = try shell.run("rung diff old new --fail-on any")
    switch item.told {
    case .not: #expect(any.first?.contains("equivalent") == true, "\(item.key): \(any)")
    case .by(let kind):
      #expect(any.first?.contains("equivalent") == false, "\(item.key): \(any)")
      #expect(any.last == "[exit 1]", "\(item.key)")
      let one = try shell.run("rung diff old new --format json --fail-on \(kind)")
      #expect(one.last == "[exit 1]", "\(item.key): \(any)")
      #expect(one.contains("  \"equivalent\": false,"), "\(item.key)")
    }
  }

  @Test func `says nothing of what the policy does not call`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    for (old, new) in [("idle.example", "evil.example"), ("vendor/unused", "vendor/used")] {
      try Self.write(shell, old, new)
      let said = try shell.run("rung diff old new --fail-on any")
      #expect(said.first?.contains("equivalent") == true, "\(said)")
    }
  }

  @Test func `says that decisions are the same and calls are not`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    try Self.write(shell, "near.example", "evil.example")
    #expect(
      try shell.run("rung diff old new --fail-on calls") == [
        "old/policy.rung → new/policy.rung: every request is decided the same, "
          + "but 1 change of where or how calls go",
        "", "calls, as the catalog sends them",
        "   provider near: base_url https://near.example/v1 → https://evil.example/v1",
        "[exit 1]",
      ])
    let json = try shell.run("rung diff old new --format json")
    #expect(json.contains("  \"decisions_equivalent\": true,"))
    #expect(json.contains("  \"equivalent\": false,"))
    let page = try shell.run("rung diff old new --format markdown").joined(separator: "\n")
    #expect(page.contains("where or how its calls go changes"), "\(page)")
    #expect(page.contains("| `provider near: base_url` |"), "\(page)")
  }

  @Test func `names bundles by their files`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    try Self.write(shell, "weight: 3", "weight: 2")
    for side in ["old", "new"] {
      _ = try shell.run("rung bundle \(side) -o \(side).bundle")
    }
    let said = try shell.run("rung diff old.bundle new.bundle").first ?? ""
    #expect(said.hasPrefix("old.bundle: policy.rung → new.bundle: policy.rung: every"), "\(said)")
  }

  @Test func `never shows a secret of an address`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    try Self.write(shell, "near.example", "user:s3cr3t@near.example")
    let said = try shell.run("rung diff old new").joined(separator: "\n")
    #expect(!said.contains("s3cr3t"))
    #expect(said.contains("[exit 1]"))
  }
}
