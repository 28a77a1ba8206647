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
      `latest` or `weather` (over 10 minutes), or `price` and `stock` (over an hour); a note where a \
      test of the policy sends such a question there.
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
      guard let found = asked(cache, words, subject.policy) ?? tested(cache, words, subject.policy)
      else { continue }
      let span = cache.line.lifetime.span
      let shorter = Amounts.text(found.patience)
      report.add(
        "answers about `\(shown(found.word))` are kept for \(Amounts.text(cache.rule.lifetime))",
        at: span, severity: found.isTest ? .note : nil, notes: [found.note],
        fixIts: [FixIt("keep them for \(shorter)", edits: [Edit(span, shorter)])])
    }
  }

  private struct Finding {
    let word: String
    let patience: Milliseconds
    let note: Note
    let isTest: Bool
  }

  /// What the route's condition asks for.
  private static func asked(
    _ cache: CachedRoute, _ words: TimeWords, _ policy: CheckedPolicy
  ) -> Finding? {
    for read in cache.wantedTests(in: policy) {
      guard case .text(let part, let test) = read.test, part != .context else { continue }
      for (keyword, alone) in Self.keywords(of: test) {
        guard let patience = words.patience(for: keyword), cache.rule.lifetime > patience,
          !cache.isLost(.text(part, alone), of: read, in: policy)
        else { continue }
        return Finding(
          word: keyword, patience: patience,
          note: Note("`\(cache.route.name)` takes such questions", at: read.span), isTest: false)
      }
    }
    return nil
  }

  /// What the policy's own tests send to the route.
  private static func tested(
    _ cache: CachedRoute, _ words: TimeWords, _ policy: CheckedPolicy
  ) -> Finding? {
    for test in policy.tests where test.expects(RouteID(cache.index)) {
      guard case .fields(let fields) = test.request else { continue }
      for field in fields {
        guard case .text(let part, let text) = field.kind, part == .question || part == .prompt,
          let word = words.word(in: text)
        else { continue }
        return Finding(
          word: word, patience: TimeWords.fresh,
          note: Note("a test sends such a question to `\(cache.route.name)`", at: field.span),
          isTest: true)
      }
    }
    return nil
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

extension CheckedTest {
  fileprivate func expects(_ route: RouteID) -> Bool {
    expect.contains { line in
      guard case .route(let expected) = line.kind else { return false }
      return expected == route && line.comparison == .equal
    }
  }
}
