package import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits

/// A compression by a model that costs more than it spares.
package enum CompressionCannotSave: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("compression_cannot_save"), .warning,
    finds: """
      A compression by a model that costs at least what it spares: a warning if that is so even when \
      every call is made that may be, a note if it is so by the measured acceptances of the tiers.
      """,
    why: """
      The compressing model reads the whole context and writes what is left of it. With a cheap model \
      behind, that costs more than sending the context as it is. The sums are exact for the size the \
      policy asks for, whatever the length of the context. Between models of several tokenizers the \
      cost has to be twice what is spared; unknown prices, and prices that depend on the length, draw \
      no finding.
      """,
    wrong: LintSample.policy(
      """
      compress trim { target context  to 50% with medium }
      route chat when turn >= 2 {
        compress trim
        use small
      }
      """),
    instead: LintSample.policy(
      """
      compress trim { target context  to 50% with small }
      route chat when turn >= 2 {
        compress trim
        use large
      }
      """),
    fix: """
      Compresses without a model where every route that uses it would pay more. Look at it: other \
      sentences stay. Otherwise take the line out, or a cheaper model.
      """)

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let found = CompressedRoute.all(in: subject.policy).map { line in
      (line, Finding(line, subject.policy))
    }
    var offered: Set<Int> = []
    for case (let line, let finding?) in found {
      let isNever = found.allSatisfy { other, finding in
        other.id != line.id || finding?.isCertain == true
      }
      var fixIts: [FixIt] = []
      if isNever, offered.insert(line.id.index).inserted {
        fixIts =
          method(of: line, subject).map {
            [FixIt("compress without a model", edits: [Edit($0, "extractive")])]
          } ?? []
      }
      add(line, finding, fixIts, subject, &report)
    }
  }

  private struct Finding {
    let cost: ExactCost
    let spared: ExactCost
    let isCertain: Bool

    init?(_ line: CompressedRoute, _ policy: CheckedPolicy) {
      let arms = PromptReaders.arms(of: line.route, in: policy)
      let sums = arms.compactMap { CompressionSum(line.compression, $0, policy) }
      guard line.isAlone, !sums.isEmpty, sums.count == arms.count else { return nil }
      cost = sums[0].cost
      if let most = sums.map(\.sparedAtMost).max(), sums.allSatisfy({ $0.isLost(against: most) }) {
        (spared, isCertain) = (most, true)
        return
      }
      let expected = sums.compactMap(\.sparedIfNothingFails)
      guard expected.count == sums.count, let most = expected.max(),
        sums.allSatisfy({ $0.isLost(against: most) })
      else { return nil }
      (spared, isCertain) = (most, false)
    }
  }

  private static func add(
    _ line: CompressedRoute, _ finding: Finding, _ fixIts: [FixIt], _ subject: LintSubject,
    _ report: inout LintReport
  ) {
    let cost = subject.text(finding.cost.roundedUp)
    let spared = subject.text(finding.spared.roundedUp)
    report.add(
      finding.isCertain
        ? "this costs \(cost) for 1M tokens of context and spares at most \(spared)"
        : "this costs \(cost) for 1M tokens of context and spares \(spared) if no call fails",
      at: line.span, severity: finding.isCertain ? nil : .note,
      notes: [
        Note(
          finding.isCertain
            ? "at most: if every call of `\(line.route.name)` is made that may be"
            : "by the shares of answers that the catalog says are accepted")
      ],
      fixIts: fixIts)
  }

  private static func method(of line: CompressedRoute, _ subject: LintSubject) -> Span? {
    for declaration in subject.files.flatMap(\.declarations) {
      guard case .compression(let written) = declaration.content,
        written.name.text == line.compression.name
      else { continue }
      return written.method?.span
    }
    return nil
  }
}
