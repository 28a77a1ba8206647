package import PolicyDiagnostics
import PolicySemantics
import PolicyUnits

/// A compression of what the provider would have read from its cache for less.
package enum CompressionBreaksPrefix: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("compression_breaks_prefix"), .note,
    finds: """
      A compression on a route whose first model reads cached tokens for less than the compressed \
      ones would cost anew.
      """,
    why: """
      Providers that cache prompts bill the part of a request that begins like an earlier one at a \
      fraction of the price. The turns of a conversation do; compressed, they begin anew each time. \
      Where the cached price is below the share that is left times the full price, compressing makes \
      every turn after the first one dearer.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      compress trim { target context  to 50% with extractive }
      route chat when turn >= 2 {
        compress trim
        use cached
      }
      otherwise { use medium }
      """,
    instead: LintSample.policy(
      """
      compress trim { target context  to 50% with extractive }
      route chat when turn >= 2 {
        compress trim
        use large
      }
      """),
    fix:
      "There is no automatic fix: only your traffic shows how much of it the provider has cached.")

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for line in CompressedRoute.all(in: subject.policy) {
      // What is written shorter without loss is as long as it turns out to be.
      guard case .share(let share)? = line.compression.size, line.compression.method != .lossless
      else { continue }
      let firsts = PromptReaders.arms(of: line.route, in: subject.policy).map { arm in
        arm.isOpen ? nil : arm.all.first?.model
      }
      let dearer = firsts.compactMap { model in model.flatMap { Dearer($0, share) } }
      guard let first = dearer.first, dearer.count == firsts.count else { continue }
      report.add(
        "`\(first.name)` reads a cached context for less than the compressed one", at: line.span,
        notes: [
          Note(
            "1M tokens: \(subject.text(first.cached)) from the provider's cache, "
              + "\(subject.text(first.anew)) for what is left of them")
        ])
    }
  }

  private struct Dearer {
    let name: String
    let cached: Money
    let anew: Money

    /// Nil if a price is unknown, or compressing is cheaper.
    init?(_ model: ModelEntry, _ share: Share) {
      guard let input = model.prices.input, let cachedInput = model.prices.cachedInput else {
        return nil
      }
      var cached = ExactCost()
      cached.add(1_000_000, at: cachedInput)
      var anew = ExactCost()
      anew.add(share.millionths, at: input)
      guard cached < anew else { return nil }
      name = model.name
      self.cached = cached.roundedUp
      self.anew = anew.roundedUp
    }
  }
}
