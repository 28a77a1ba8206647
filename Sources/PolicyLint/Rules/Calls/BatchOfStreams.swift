import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax

/// A batch on a route that only streamed requests take.
enum BatchOfStreams: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("batch_of_streams"), .warning,
    finds: "A `batch` line on a route for streamed requests.",
    why:
      "A batch never streams, so no request of this route is ever batched: the line does nothing.",
    wrong: """
      rung 1
      catalog "catalog.yaml"
      route live when stream {
        batch up to 50 within 200ms
        use   medium
      }
      otherwise { use small }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      route live when stream { use medium }
      otherwise {
        batch up to 50 within 200ms
        use   small
      }
      """,
    fix: """
      Leaves the line out. It never applied, but what is set aside for a request of such a route is \
      less without it, so this is left to you.
      """)

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    var reading = PartialReading(subject.policy, .stream(false))
    let reachable = reading.reachableRoutes()
    for (index, route) in subject.policy.routes.enumerated() where !reachable[index] {
      for span in route.batches {
        report.add(
          "no request of `\(route.name)` can be batched: all are streamed", at: span,
          notes: [Note("without `stream` no request takes the route", at: route.conditionSpan)],
          fixIts: [
            FixIt(
              "leave the line out", edits: [Edit(subject.withBlanksBefore(span), "")],
              isSafe: false)
          ])
      }
    }
  }
}

extension CheckedRoute {
  /// The places of its `batch` lines.
  var batches: [Span] {
    effects.compactMap { effect in
      switch effect {
      case .batch(_, _, let span): span
      case .cache, .shape, .compress, .stick, .stop, .shadow: nil
      }
    }
  }
}

extension LintSubject {
  /// A line with the blanks before it and, if it stands alone, the break before those: so that
  /// nothing is left of it when it goes, and nothing that follows is moved up behind a comment.
  func withBlanksBefore(_ span: Span) -> Span {
    guard let bytes = files.first(where: { $0.source.id == span.file })?.source.bytes,
      Int(span.end) <= bytes.count
    else { return span }
    var start = Int(span.start)
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    let rest = bytes[Int(span.end)...].drop { $0 == 0x20 || $0 == 0x09 }
    let isAlone = rest.first.map { $0 == 0x0A || $0 == 0x0D } ?? true
    if isAlone, start > 0, bytes[start - 1] == 0x0A { start -= 1 }
    return Span(file: span.file, start: UInt32(clamping: start), end: span.end)
  }
}
