import JSONReading

/// What a client said of itself when it introduced itself.
struct ClientSettings: Sendable {
  var encoding = PositionEncoding.utf16
  var folders = WorkspaceFolders()
  var takesSnippets = false
  var takesMarkdownInCompletions = false
  var takesMarkdownInHovers = false
  var takesSymbolTrees = false
  var takesCodeActions = false
  var takesRelatedPlaces = false
  var takesVersionedEdits = false
  /// Whether it asks before it makes a change that says it has to be asked about.
  var confirmsChanges = false
  var foldsWholeLines = false
  var asksBeforeRename = false
  var watchesFilesOnRequest = false

  init() {}

  /// - Parameter params: of `initialize`.
  init(_ params: JSONValue?) {
    let abilities = params?["capabilities"]
    let texts = abilities?["textDocument"]
    let workspaces = abilities?["workspace"]
    let encodings = abilities?["general"]?["positionEncodings"]?.strings ?? []
    encoding = encodings.contains(PositionEncoding.utf8.rawValue) ? .utf8 : .utf16
    folders = WorkspaceFolders(params)
    let item = texts?["completion"]?["completionItem"]
    takesSnippets = item?["snippetSupport"]?.bool ?? false
    takesMarkdownInCompletions = item?["documentationFormat"]?.strings.contains("markdown") ?? false
    takesMarkdownInHovers = texts?["hover"]?["contentFormat"]?.strings.contains("markdown") ?? false
    takesSymbolTrees =
      texts?["documentSymbol"]?["hierarchicalDocumentSymbolSupport"]?.bool ?? false
    takesCodeActions = texts?["codeAction"]?["codeActionLiteralSupport"]?.kind == .object
    takesRelatedPlaces = texts?["publishDiagnostics"]?["relatedInformation"]?.bool ?? false
    takesVersionedEdits = workspaces?["workspaceEdit"]?["documentChanges"]?.bool ?? false
    confirmsChanges =
      takesVersionedEdits
      && workspaces?["workspaceEdit"]?["changeAnnotationSupport"]?.kind == .object
    foldsWholeLines = texts?["foldingRange"]?["lineFoldingOnly"]?.bool ?? false
    asksBeforeRename = texts?["rename"]?["prepareSupport"]?.bool ?? false
    watchesFilesOnRequest =
      workspaces?["didChangeWatchedFiles"]?["dynamicRegistration"]?.bool ?? false
  }
}

extension JSONValue {
  /// The strings of an array.
  var strings: [String] { elements.compactMap(\.string) }

  /// Nil for what is no position.
  var position: TextPosition? {
    guard let line = self["line"]?.integer, let character = self["character"]?.integer else {
      return nil
    }
    let most = Int64(Int32.max)
    return TextPosition(
      line: Int(min(max(line, 0), most)), character: Int(min(max(character, 0), most)))
  }

  /// Nil for what is no range.
  var range: TextRange? {
    guard let start = self["start"]?.position, let end = self["end"]?.position else { return nil }
    return TextRange(start: start, end: end)
  }
}
