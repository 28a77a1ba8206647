package import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import TextPatterns

/// A keyword that can be left out, because one of the same list is found wherever it is.
package enum KeywordInsideAnother: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("keyword_inside_another"), .warning,
    finds: "A keyword of a list that holds another keyword of the list as whole words.",
    why: """
      A list means any of its members, so wherever `refund policy` stands, `refund` has matched \
      already: the longer keyword decides nothing, and looks as if it narrowed something. Often the \
      shorter one is wider than was meant.
      """,
    wrong: LintSample.policy(
      """
      route refunds when question mentions ("refund", "refund policy") { use medium }
      """),
    instead: LintSample.policy(
      """
      route refunds when question mentions ("refund", "money back") { use medium }
      """),
    fix: """
      Takes the longer keyword out. Safe: the test holds for the same texts. If the shorter one is \
      too wide, take that one out instead.
      """)

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for term in WrittenTests.terms(in: subject.files) {
      guard let list = WrittenList(term), list.texts.count > 1 else { continue }
      check(list, subject.sources, &report)
    }
  }

  private static func check(
    _ list: WrittenList, _ sources: SourceMap, _ report: inout LintReport
  ) {
    let holders = KeywordHolders(list.texts.map(\.text), isExact: list.isExact)
    let removal = ListRemoval(list.texts.map(\.span), removing: Set(holders.inner.keys))
    for index in list.texts.indices {
      guard let inner = holders.inner[index] else { continue }
      let text = shown(list.texts[index].text)
      let other = shown(list.texts[inner].text)
      let fixIt = removal.edit(index, in: sources).map {
        FixIt("leave out `\(text)`", edits: [$0], isSafe: true)
      }
      report.add(
        holders.isMutual(index, inner)
          ? "`\(text)` finds what `\(other)` finds, and nothing else"
          : "`\(text)` is found only where `\(other)` is found already",
        at: list.texts[index].span,
        notes: [Note("`\(other)` stands in the same list", at: list.texts[inner].span)],
        fixIts: fixIt.map { [$0] } ?? [])
    }
  }
}

/// Which keywords of one list hold which others, by the very code that looks for them.
///
/// A keyword alone as a text has the same characters at its ends as anywhere it is found, so whatever
/// is found in it alone is found wherever it is.
struct KeywordHolders {
  /// For each keyword that can go one that stays.
  private(set) var inner: [Int: Int] = [:]
  private var found: [[Bool]] = []

  init(_ texts: [String], isExact: Bool) {
    let patterns = texts.map { isExact ? TextPattern.contains([$0]) : .mentions([$0]) }
    guard let set = try? PatternSet(patterns) else { return }
    var scan = TextScan(of: set)
    for text in texts {
      scan.start()
      found.append(
        patterns.indices.map { other in
          (try? scan.holds(other, in: text.utf8.span)) ?? false
        })
    }
    for index in texts.indices {
      inner[index] = texts.indices.first { other in
        // Of two that find the same, the first stays.
        other != index && found[index][other] && (!found[other][index] || other < index)
      }
    }
  }

  func isMutual(_ a: Int, _ b: Int) -> Bool { found[a][b] && found[b][a] }
}
