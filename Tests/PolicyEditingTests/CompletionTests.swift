import PolicySource
import Testing

@testable import PolicyEditing

@Suite struct `Completion` {
  static let head = """
    rung 1
    catalog "catalog.yaml"
    facts {
      plan : free | pro = free
      beta : bool = false
    }
    gate helpful = judge(small, "Is it right?")
    gate solid = not refusal
    ladder cheap(max_budget = $0.05) {
      tier small accept solid
      tier large
    }
    budget daily = $10 per tenant per day
    task chat otherwise

    """

  private func labels(_ line: String) throws -> [String] {
    try MarkedPolicy(Self.head + line).labels
  }

  @Test(arguments: [
    ("route a when ⌶", ["plan", "beta", "prompt.tokens", "daily.used", "not"]),
    ("route a when plan = ⌶", ["free", "pro"]),
    ("route a when plan in (⌶", ["free", "pro"]),
    ("route a when plan in (free, ⌶", ["free", "pro"]),
    ("route a when format = ⌶", ["json", "json_schema", "text"]),
    ("route a when task = ⌶", ["chat"]),
    ("route a when model = ⌶", ["small", "large"]),
    ("route a when prompt ⌶", ["mentions", "contains", "starts with", "matches", "has"]),
    ("route a when prompt has ⌶", ["code", "secret"]),
    ("route a when prompt has (⌶", ["code", "secret"]),
    ("route a when prompt.tokens > 4k ⌶", ["tokens", "and", "or"]),
    ("route a when not ⌶", ["beta", "stream"]),
    ("route a when healthy(⌶", ["small", "large"]),
    ("route a when beta ⌶", ["and", "or"]),
    ("route a when (beta or ⌶", ["plan", "stream"]),
    ("route a ⌶", ["when"]),
    ("route a when beta {\n  ⌶", ["use", "refuse", "cache exact", "split", "set"]),
    ("route a when beta { use ⌶", ["cheap", "small", "large", "requested"]),
    ("route a when beta { use sm⌶", ["cheap", "small", "large", "requested"]),
    ("route a when beta { use small ⌶", ["timeout", "max_output", "fallback"]),
    ("route a when beta { use small max_output 4k ⌶", ["tokens"]),
    ("route a when beta { use small fallback ⌶", ["cheap", "large", "on"]),
    ("route a when beta { use small fallback on ⌶", ["unavailable", "too_long"]),
    ("route a when beta { use small fallback on too_long ⌶", ["cheap", "large"]),
    ("route a when beta { use small effort ⌶", ["low", "medium", "high"]),
    ("route a when beta {\n  cache ⌶", ["exact", "similar"]),
    ("route a when beta {\n  cache similar >= 0.9 by ⌶", ["minilm"]),
    ("route a when beta {\n  cache exact for 1h per ⌶", ["tenant", "user"]),
    ("route a when beta {\n  cache exact for ⌶", ["1h", "1d"]),
    ("route a when beta {\n  set ⌶", ["temperature", "top_p", "seed"]),
    ("route a when beta {\n  split by ⌶", ["user", "tenant", "request"]),
    ("route a when beta {\n  split by user {\n    90% use ⌶", ["small", "cheap"]),
    ("route a when beta {\n  stop when ⌶", ["answer", "json_complete", "repeating"]),
    ("route a when beta {\n  use small\n  ⌶", ["cache exact", "fallback"]),
    ("ladder b(⌶", ["max_budget", "max_time"]),
    ("ladder b {\n  ⌶", ["tier"]),
    ("ladder b {\n  tier ⌶", ["small", "large"]),
    ("ladder b {\n  tier small accept ⌶", ["helpful", "solid"]),
    ("ladder b {\n  tier small accept solid and ⌶", ["helpful", "solid"]),
    ("ladder b {\n  tier small ⌶", ["accept", "timeout", "attempts"]),
    ("ladder b {\n  tier small\n  on ⌶", ["exhausted", "filtered", "failed"]),
    ("ladder b {\n  tier small\n  on exhausted return ⌶", ["best", "last"]),
    ("gate g = ⌶", ["refusal", "length", "judge", "solid", "not"]),
    ("gate g = judge(⌶", ["small", "large"]),
    ("gate g = mix(70% ⌶", ["helpful"]),
    ("gate g = finish = ⌶", ["stop", "tool_calls"]),
    ("gate g = length >= 20 ⌶", ["tokens", "chars", "bytes", "lines"]),
    ("gate g = not refusal ⌶", ["and", "or", "on failure"]),
    ("gate g = not refusal on failure ⌶", ["reject", "accept"]),
    ("budget b = $5 per ⌶", ["tenant", "user", "plan", "day"]),
    ("budget b = $5 per tenant per ⌶", ["day", "month"]),
    ("limit b = 60 ⌶", ["requests", "tokens", "at once"]),
    ("limit b = 60 requests per tenant per minute when ⌶", ["plan", "stream"]),
    ("guard b when ⌶", ["prompt", "plan"]),
    ("guard b {\n  ⌶", ["only models", "drop tools", "refuse"]),
    ("guard b {\n  only models where ⌶", ["model.region", "model.output_price"]),
    ("guard b {\n  only models where model.region = ⌶", ["eu", "us"]),
    ("guard b {\n  only models where model.tag in (⌶", ["cheap"]),
    ("classifier c : yes | no {\n  reads ⌶", ["prompt", "question"]),
    ("classifier c : yes | no {\n  ask ⌶", ["small", "large"]),
    ("classifier c : yes | no {\n  on failure ⌶", ["yes", "no"]),
    ("compress c {\n  target context\n  to 50% with ⌶", ["extractive", "lossless", "small"]),
    ("facts {\n  a : ⌶", ["bool", "count", "text", "labels"]),
    ("facts {\n  a : x | y = ⌶", ["x", "y"]),
    ("facts {\n  a : bool = false from ⌶", ["key", "header"]),
    ("test \"t\" {\n  ⌶", ["request", "given", "expect"]),
    ("test \"t\" {\n  request { ⌶", ["question", "plan", "beta", "stream"]),
    ("test \"t\" {\n  request { plan = ⌶", ["free", "pro"]),
    ("test \"t\" {\n  request { plan = free ⌶", ["question", "stream"]),
    ("test \"t\" {\n  given { ⌶", ["helpful", "solid", "daily.used", "small"]),
    ("test \"t\" {\n  given { small fails ⌶", ["unavailable", "limited"]),
    ("test \"t\" {\n  given { helpful ⌶", ["fails"]),
    ("test \"t\" {\n  given { helpful fails ⌶", ["unavailable", "limited"]),
    ("test \"t\" {\n  given { helpful fails limited ⌶", ["at", "small"]),
    ("test \"t\" {\n  given { helpful fails limited at ⌶", ["small", "large"]),
    ("test \"t\" {\n  given { solid = true at ⌶", ["small", "large"]),
    ("test \"t\" {\n  given { small = ⌶", ["healthy", "unhealthy"]),
    ("test \"t\" {\n  expect { ⌶", ["route", "first", "answered_by", "worst_cost"]),
    ("test \"t\" {\n  expect { route = ⌶", ["otherwise"]),
    ("test \"t\" {\n  expect { first = ⌶", ["small", "large"]),
    ("test \"t\" {\n  expect { refused_by = ⌶", ["daily", "plan"]),
    ("always \"t\" when beta {\n  ⌶", ["route", "first", "worst_cost"]),
    ("@allow(⌶", ["shadowed_route", "unused_declaration"]),
    ("⌶", ["route", "ladder", "test", "facts", "otherwise"]),
    ("ro⌶", ["route", "ladder"]),
    ("task t ⌶", ["when", "otherwise"]),
    ("points p {\n  10 when ⌶", ["plan", "stream"]),
    ("route a when daily.⌶", ["daily.used", "daily.left"]),
    ("route a when beta and prompt.⌶", ["prompt.tokens", "prompt.chars"]),
    ("route a when prompt.to⌶ > 4k { use small }", ["prompt.tokens"]),
    ("guard b {\n  only models where model.⌶", ["model.region", "model.tag"]),
    ("test \"t\" {\n  given { daily.⌶", ["daily.used"]),
    ("route a when plan = \"⌶", ["free", "pro"]),
    ("route a when plan = \"fr⌶\" { use small }", ["free", "pro"]),
    ("route a when plan in (free, \"⌶", ["free", "pro"]),
    ("route a when model = \"⌶\"", ["small", "large"]),
    ("route a when beta { use \"⌶", ["small", "cheap"]),
    ("test \"t\" {\n  request { model = \"⌶", ["small", "large"]),
    ("guard b {\n  only models where model.region = \"⌶", ["eu", "us"]),
  ])
  func `what the grammar lets stand there is offered`(line: String, wanted: [String]) throws {
    let labels = try labels(line)
    let missing = wanted.filter { !labels.contains($0) }
    #expect(missing.isEmpty, "\(line): \(missing) not among \(labels)")
  }

  @Test(arguments: [
    ("route a when plan = ⌶", ["small", "route", "prompt", "true"]),
    ("route a when beta { use ⌶", ["plan", "helpful", "minilm", "route", "daily"]),
    ("ladder b {\n  tier small accept ⌶", ["small", "cheap", "plan", "refusal"]),
    ("gate g = ⌶", ["prompt", "plan", "cheap"]),
    ("always \"t\" when beta {\n  ⌶", ["answered_by", "cached", "climbs"]),
    ("route a when prompt.tokens > 4k ⌶", ["chars", "lines", "route"]),
    ("test \"t\" {\n  request { ⌶", ["prompt.tokens", "task", "helpful", "language", "turn"]),
    ("guard b {\n  only models where ⌶", ["prompt", "plan"]),
    ("budget b = $5 per tenant per ⌶", ["tenant", "plan"]),
    ("@allow(⌶", ["unknown_name"]),
    ("route a when daily.⌶", ["prompt.tokens", "plan", "daily"]),
    ("route a when plan = \"⌶", ["small", "and"]),
  ])
  func `what it does not is not`(line: String, unwanted: [String]) throws {
    let labels = try labels(line)
    let offered = unwanted.filter { labels.contains($0) }
    #expect(offered.isEmpty, "\(line): \(offered)")
  }

  @Test(arguments: [
    "route a when question = \"he⌶llo\"", "# a comment ⌶", "route a when prompt.tokens > 4⌶",
    "route a when prompt matches /a⌶b/", "route ⌶", "ladder ⌶", "test \"t⌶\" {",
    "# daily.⌶", "route a when user = \"⌶", "route a when prompt mentions \"⌶",
    "route a when prompt mentions (\"x\", \"⌶", "route a when beta { refuse \"⌶",
    "route a when beta { prepend system \"⌶", "route a when prompt contains \"daily.⌶",
    "classifier c : yes | no { ask small \"⌶", "gate g = judge(small, \"⌶", "zone \"⌶",
    "@allow(shadowed_route, reason: \"⌶", "test \"t\" { request { question = \"⌶", "import \"⌶",
    "route a when prompt.tokens > 4.⌶", "classifier c : yes | no { nearest \"⌶",
  ])
  func `nothing is offered in a text, a comment, a number or a new name`(line: String) throws {
    let labels = try labels(line)
    #expect(labels.isEmpty, "\(line): \(labels)")
  }

  @Test func `the whole word at the cursor is replaced, and nothing else`() throws {
    let policy = try MarkedPolicy(Self.head + "otherwise { use sm⌶all }\n")
    let found = policy.snapshot.completions(at: policy.place)
    let large = try #require(found.first { $0.label == "large" })
    let replaced = policy.text(large.replacing)
    #expect(replaced == "small")
    let empty = try MarkedPolicy(Self.head + "otherwise { use ⌶ }\n")
    let first = try #require(empty.snapshot.completions(at: empty.place).first)
    let count = first.replacing.count
    #expect(count == 0 && Int(first.replacing.start) == empty.place.offset)
  }

  @Test func `a quote is replaced with the name that needs none, and members with their owner`()
    throws
  {
    for (line, replaced) in [
      ("otherwise { use \"sm⌶\" }", "\"sm\""), ("otherwise { use \"sm⌶", "\"sm"),
      ("route a when daily.⌶ > 80% { use small }", "daily."),
      ("route a when daily.us⌶ed > 80% { use small }", "daily.used"),
    ] {
      let policy = try MarkedPolicy(Self.head + line)
      let found = try #require(policy.snapshot.completions(at: policy.place).first)
      #expect(policy.text(found.replacing) == replaced)
      #expect(found.isQuoted == replaced.hasPrefix("\""))
    }
  }

  @Test func `models come with their prices, facts with their values, fields with their type`()
    throws
  {
    let policy = try MarkedPolicy(Self.head + "otherwise { use ⌶ }\n")
    let found = policy.snapshot.completions(at: policy.place)
    let details = found.filter { ["small", "large", "unpriced"].contains($0.label) }.map(\.detail)
    #expect(
      details == [
        "$0.10 in, $0.20 out per 1M tokens", "$2.00 in, $8.00 out per 1M tokens",
        "no price is known",
      ])
    let field = try MarkedPolicy(Self.head + "route a when ⌶")
    let all = field.snapshot.completions(at: field.place)
    let tokens = try #require(all.first { $0.label == "prompt.tokens" })
    #expect(tokens.detail == "a count of tokens")
    let plan = try #require(all.first { $0.label == "plan" })
    #expect(plan.detail == "plan : free | pro = free")
  }
}
