import PolicyDiagnostics
import PolicySource
import PolicyWorkspace

/// Diagnostics as the commands show them.
enum DiagnosticsOutput {
  /// What a person reads before curing the first of them.
  static let most = 20

  /// At most ``most`` findings unless all are wanted.
  ///
  /// Ends without a newline; empty if there is nothing to show.
  static func text(
    _ diagnostics: [Diagnostic], in sources: SourceMap, all: Bool = false,
    whereTheRestIs place: String, coloured: Bool
  ) -> String {
    let renderer = DiagnosticTextRenderer(sources: sources, colour: coloured)
    var text = renderer.render(
      diagnostics, atMost: all ? .max : most, whereTheRestIs: place)
    while text.last == "\n" { text.removeLast() }
    return text
  }
}
