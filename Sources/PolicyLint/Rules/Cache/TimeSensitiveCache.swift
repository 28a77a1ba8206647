package import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits

/// A long-lived cache on a route for questions about now.
package enum TimeSensitiveCache: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("time_sensitive_cache"), .warning,
    finds: """
      A cache that keeps answers for long on a route whose condition asks for words such as `today`, \
      `latest` or `weather` (over 10 minutes), or `price` and `stock` (over an hour).
      """,
    why: """
      The answer to "what is today's price?" is wrong tomorrow, and a cache serves it without asking \
      any model. The more such a route saves, the more wrong answers it gives.
      """,
    wrong: LintSample.policy(
      """
      route status when question mentions ("today", "opening hours") {
        cache exact for 1d per tenant
        use   medium
      }
      """),
    instead: LintSample.policy(
      """
      route status when question mentions ("today", "opening hours") {
        cache exact for 5m per tenant
        use   medium
      }
      """),
    fix: "Shortens the time. Look at it: fewer answers come from the cache.")

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let cached = CachedRoute.all(in: subject)
    guard cached.contains(where: { $0.rule.lifetime > TimeWords.fresh }), let words = TimeWords()
    else { return }
    for cache in cached where cache.rule.lifetime > TimeWords.fresh {
      check(cache, words, subject.policy, &report)
    }
  }

  private static func check(
    _ cache: CachedRoute, _ words: TimeWords, _ policy: CheckedPolicy, _ report: inout LintReport
  ) {
    for read in cache.wantedTests(in: policy) {
      guard case .text(let part, let test) = read.test, part != .context else { continue }
      for (keyword, alone) in Self.keywords(of: test) {
        guard let patience = words.patience(for: keyword), cache.rule.lifetime > patience,
          !cache.isLost(.text(part, alone), of: read, in: policy)
        else { continue }
        let span = cache.line.lifetime.span
        let kept = Amounts.text(cache.rule.lifetime)
        let shorter = Amounts.text(patience)
        report.add(
          "answers about `\(shown(keyword))` are kept for \(kept)", at: span,
          notes: [Note("`\(cache.route.name)` takes such questions", at: read.span)],
          fixIts: [FixIt("keep them for \(shorter)", edits: [Edit(span, shorter)])])
        return
      }
    }
  }

  /// The words a test looks for, each with the test for it alone.
  private static func keywords(of test: TextTest) -> [(String, TextTest)] {
    switch test {
    case .mentions(let words): words.map { ($0, .mentions([$0])) }
    case .contains(let texts): texts.map { ($0, .contains([$0])) }
    case .startsWith(let text): [(text, test)]
    case .matches(let pattern): (RegexReader.read(pattern)?.phrases ?? []).map { ($0, test) }
    case .has: []
    }
  }
}
