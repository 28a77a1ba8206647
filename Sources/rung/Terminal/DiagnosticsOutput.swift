import PolicyDiagnostics
import PolicySource
import PolicyWorkspace

/// Diagnostics as the commands show them.
enum DiagnosticsOutput {
  /// Ends without a newline; empty if there is nothing to show.
  static func text(
    _ diagnostics: [Diagnostic], in sources: SourceMap, coloured: Bool
  ) -> String {
    let renderer = DiagnosticTextRenderer(sources: sources, colour: coloured)
    var text = renderer.render(diagnostics)
    while text.last == "\n" { text.removeLast() }
    return text
  }
}
