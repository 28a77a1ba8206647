package import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax

/// A compression on a route for what compression must not touch.
package enum CompressedCode: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("compressed_code"), .warning,
    finds: """
      A compression on a route that asks for code, JSON or tables in the context; a note where it \
      asks for them anywhere in the prompt.
      """,
    why: """
      Code, data and schemas are never compressed: one dropped line changes what they mean. On such a \
      route most of the context has to stay as it is, so there is little to gain, and what is taken \
      out between the blocks is what explains them.
      """,
    wrong: LintSample.policy(
      """
      compress trim { target context  to 50% with extractive }
      route reviews when context has code {
        compress trim
        use large
      }
      """),
    instead: LintSample.policy(
      """
      compress trim { target context  when not context has code  to 50% with extractive }
      route reviews when context has (code, url) {
        compress trim
        use large
      }
      """),
    fix: """
      Leaves such contexts alone, where the compression has no `when` yet. Look at it: they are sent \
      as they are.
      """)

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let policy = subject.policy
    for line in CompressedRoute.all(in: policy) {
      guard let condition = line.route.condition else { continue }
      let spared = Self.spared(by: line.compression, in: policy)
      for read in ReadTest.all([condition], in: policy) where read.role == .wanted {
        guard case .text(let part, .has(let features)) = read.test,
          part == .context || part == .prompt,
          let feature = features.first(where: { protected.contains($0) && !spared.contains($0) })
        else { continue }
        report.add(
          "`\(line.compression.name)` compresses where the \(part.rawValue) has \(feature.rawValue)",
          at: line.span, severity: part == .context ? nil : .note,
          notes: [
            Note("`\(line.route.name)` asks for it here", at: read.span),
            Note("code, JSON and tables stay as they are, so there is little to gain"),
          ],
          fixIts: exception(for: line.compression, subject))
        break
      }
    }
  }

  /// `when not context has (…)` behind the target.
  private static func exception(
    for compression: CheckedCompression, _ subject: LintSubject
  ) -> [FixIt] {
    for declaration in subject.files.flatMap(\.declarations) {
      guard case .compression(let written) = declaration.content,
        written.name.text == compression.name, written.condition == nil,
        let target = written.targets.last?.span
      else { continue }
      let end = Span(file: target.file, start: target.end, end: target.end)
      return [
        FixIt(
          "leave such contexts alone",
          edits: [Edit(end, "  when not context has (code, json, table)")])
      ]
    }
    return []
  }

  private static let protected: Set<TextFeature> = [.code, .json, .table]

  /// What keeps the compression from running.
  private static func spared(
    by compression: CheckedCompression, in policy: CheckedPolicy
  ) -> Set<TextFeature> {
    guard let condition = compression.condition else { return [] }
    var spared: Set<TextFeature> = []
    for read in ReadTest.all([condition], in: policy) where read.role == .unwanted {
      if case .text(_, .has(let features)) = read.test { spared.formUnion(features) }
    }
    return spared
  }
}
