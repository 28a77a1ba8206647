import PolicyLint
import Testing

@Suite struct `A cache that shares what is personal` {
  private func cached(_ line: String, when condition: String) -> String {
    "route a when \(condition) {\n  cache \(line)\n  use small\n}\n\(rest)"
  }

  @Test(arguments: [
    ("exact for 1h ⟦shared⟧", "prompt has (code, email)", "exact for 1h per user"),
    (
      "similar >= 0.9 by minilm for 1h ⟦shared⟧", "question has phone",
      "similar >= 0.9 by minilm for 1h per user"
    ),
    (
      "similar >= 0.9 by minilm for 1h per ⟦tenant⟧", "not not_plain",
      "similar >= 0.9 by minilm for 1h per user"
    ),
    (
      "⟦similar >= 0.9 by minilm for 1h⟧", "stream or context has card",
      "similar >= 0.9 by minilm for 1h per user"
    ),
    (
      "similar >= 0.9 by minilm for 1h per ⟦key⟧", "prompt has secret",
      "similar >= 0.9 by minilm for 1h per user"
    ),
    (
      "similar >= 0.9 by minilm for 1h ⟦shared⟧", #"tenant in ("acme", "beta")"#,
      "similar >= 0.9 by minilm for 1h per tenant"
    ),
  ])
  func `is found and kept apart`(line: String, condition: String, fixed: String) throws {
    let head = condition == "not not_plain" ? "condition not_plain = not prompt has email\n" : ""
    // A marked line that is not marked itself has its prefix outside the mark.
    let marked = line.hasPrefix("⟦") ? "⟦cache \(line.dropFirst())" : "cache \(line)"
    let end = "\n  use small\n}\n\(rest)"
    try check(
      SharedPersonalCache.self, "\(head)route a when \(condition) {\n  \(marked)\(end)",
      fixed: "\(head)route a when \(condition) {\n  cache \(fixed)\(end)")
  }

  @Test(arguments: [
    ("exact for 1h", "prompt has email"), ("exact for 1h per tenant", "prompt has email"),
    ("similar >= 0.9 by minilm for 1h per user", "prompt has email"),
    ("similar >= 0.9 by minilm for 1h shared", "not prompt has email"),
    ("exact for 1h shared", "prompt has (code, url)"),
    ("similar >= 0.9 by minilm for 1h shared", #"tenant = "acme""#),
    ("exact for 1h shared", #"tenant in ("acme", "beta")"#),
    ("exact for 1h shared", #"user != "root""#),
    ("similar >= 0.9 by minilm for 1h shared", "plan = pro"),
  ])
  func `others draw nothing`(line: String, condition: String) throws {
    let head = condition.contains("plan") ? "facts { plan : free | pro = free from key }\n" : ""
    try check(SharedPersonalCache.self, head + cached(line, when: condition))
  }

  @Test func `what is refused never comes to the cache`() throws {
    try check(
      SharedPersonalCache.self,
      """
      guard no_secrets when prompt has secret { refuse "take it out" }
      route mail when prompt has email { use small }
      route a when question has (secret, email) { cache exact for 1h shared use small }
      \(rest)
      """)
  }
}
