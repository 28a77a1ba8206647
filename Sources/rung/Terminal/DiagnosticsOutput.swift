import PolicyDiagnostics
import PolicySource
import PolicyWorkspace

/// Diagnostics as the commands show them.
enum DiagnosticsOutput {
  static func text(of loaded: LoadedPolicy, coloured: Bool) -> String {
    loaded.diagnostics.map { d in
      let place = loaded.sources.location(of: d.span)
      return "\(loaded.sources[d.span.file]?.path ?? ""):\(place?.line ?? 0):\(place?.column ?? 0): "
        + "\(d.severity.rawValue)[\(d.code.rawValue)]: \(d.message)"
        + d.notes.map { "\n    note: \($0.message)" }.joined()
    }.joined(separator: "\n")
  }
}
