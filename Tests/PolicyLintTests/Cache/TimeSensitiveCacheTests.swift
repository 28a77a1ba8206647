import PolicyDiagnostics
import PolicyLint
import Testing

@Suite struct `A long-lived cache on questions about now` {
  private func cached(_ condition: String, for time: String) -> String {
    "route a when \(condition) {\n  cache exact for \(time)\n  use small\n}\n\(rest)"
  }

  @Test(arguments: [
    (#"question mentions ("refund", "today")"#, "1h", "10m"),
    (#"prompt matches /(?i)\b(weather|today|right now|latest)\b/"#, "11m", "10m"),
    (#"question mentions "today's price""#, "30m", "10m"),
    (#"question contains "LATEST version""#, "1d", "10m"),
    (#"stream and (prompt starts with "today" or tools >= 1)"#, "1d", "10m"),
    (#"question mentions ("price", "cost")"#, "2h", "1h"),
    (#"not (not question mentions "now")"#, "15m", "10m"),
    (#"question matches /what.*(in stock)\?/ or question matches /^(stock|score)s?$/"#, "1d", "1h"),
    (#"question mentions "今天""#, "1h", "10m"),
  ])
  func `is found`(condition: String, time: String, shorter: String) throws {
    try check(
      TimeSensitiveCache.self, cached(condition, for: "⟦\(time)⟧"),
      fixed: cached(condition, for: shorter))
  }

  @Test(arguments: [
    (#"question mentions ("today", "weather")"#, "10m"), (#"question mentions "price""#, "1h"),
    (#"not question mentions "today""#, "1d"), (#"question mentions "buy now, pay later""#, "1d"),
    (#"question mentions ("newsletter", "snow", "price list", "priceless")"#, "1d"),
    (#"context mentions "today""#, "1d"), (#"question has numbers"#, "1d"),
    (#"question matches /\w+now/"#, "1d"), (#"question matches /[a-z]price[a-z]/"#, "1d"),
  ])
  func `others draw nothing`(condition: String, time: String) throws {
    try check(TimeSensitiveCache.self, cached(condition, for: time))
  }

  @Test func `names and tasks are followed`() throws {
    try check(
      TimeSensitiveCache.self,
      """
      condition fresh = question mentions ("latest", "new")
      task status when fresh or question mentions "status"
      task chat otherwise
      route a when task = status and tools = 0 {
        cache exact for ⟦2h⟧ per user
        cache similar >= 0.9 by minilm for ⟦1h⟧
        use small
      }
      route b when task = chat { cache exact for 1d use small }
      \(rest)
      """,
      messages: [
        "answers about `latest` are kept for 2h", "answers about `latest` are kept for 1h",
      ])
  }

  @Test func `what goes elsewhere is not held against a route`() throws {
    try check(
      TimeSensitiveCache.self,
      """
      condition now = stream or prompt mentions ("today", "weather")
      guard no_news when question mentions "news" { refuse "not here" }
      task fresh when question mentions "latest"
      task other when question mentions ("latest", "last")
      task chat otherwise
      route live when now { use small }
      route a when question mentions ("today", "weather", "tariff") { cache exact for 1d use small }
      route b when question mentions ("news", "press") { cache exact for 1d use small }
      route c when task = other { cache exact for 1d use small }
      \(rest)
      """)
  }

  @Test func `an earlier route that takes only some of it does not count`() throws {
    try check(
      TimeSensitiveCache.self,
      """
      route live when question mentions "today" and stream { use small }
      route a when question mentions "today" { cache exact for ⟦1d⟧ use small }
      \(rest)
      """)
  }

  @Test func `a test that sends such a question is noted`() throws {
    let policy = """
      rung 1
      catalog "catalog.yaml"
      route a when question mentions "shop" { cache exact for ⟦2h⟧ use small }
      route b when question mentions "store" { cache exact for 10m use small }
      \(rest)
      test "one" { request { question = "Is your shop open TODAY?" } expect { route = a } }
      test "two" { request { question = "Is your store open today?" } expect { route = b } }
      test "three" { request { question = "What is the price in the shop now?" } expect { route = a } }
      """
    try check(
      TimeSensitiveCache.self, policy, messages: ["answers about `TODAY` are kept for 2h"])
    let plain = policy.filter { $0 != "⟦" && $0 != "⟧" }
    let linted = try LintedPolicy(plain, rules: [TimeSensitiveCache.self])
    #expect(linted.diagnostics.map(\.severity) == [.note])
    let other = plain.replacing("expect { route = a }", with: "expect { route != a }")
    #expect(try LintedPolicy(other, rules: [TimeSensitiveCache.self]).diagnostics.isEmpty)
  }
}
