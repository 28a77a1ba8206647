import PolicyDiagnostics
import PolicySource
import RoutingCatalog

/// A catalog named on the command line, read from disk.
struct CatalogFile {
  let path: String
  let sources: SourceMap
  /// Nil if the file is no catalog at all.
  let catalog: Catalog?
  let diagnostics: [Diagnostic]

  /// Reads `argument`: a file, or a folder with a catalog.yaml in it; - is standard input.
  init(_ argument: String) throws(CommandFailure) {
    path = try Self.path(argument)
    let bytes = try Files.input(path)
    var sources = SourceMap()
    let parsed = CatalogReader.read(sources.add(path: path, bytes: bytes))
    self.sources = sources
    catalog = parsed.value
    diagnostics = parsed.diagnostics
  }

  /// The catalog if it has no errors; otherwise they go to standard error and the command ends.
  func sound() throws(CommandFailure) -> Catalog {
    if let catalog, !diagnostics.hasErrors { return catalog }
    Terminal.error(
      DiagnosticsOutput.text(
        diagnostics.filter { $0.severity == .error }, in: sources,
        whereTheRestIs: "`rung catalog check --all` shows them",
        coloured: Terminal.coloursErrors))
    throw CommandFailure("`\(path)` has errors")
  }

  private static func path(_ argument: String) throws(CommandFailure) -> String {
    guard argument != "-", Files.isFolder(argument) == true else { return argument }
    var folder = argument
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let path = folder == "." ? "catalog.yaml" : folder + "/catalog.yaml"
    guard Files.isFolder(path) == false else {
      throw CommandFailure("`\(argument)` has no catalog.yaml")
    }
    return path
  }
}
