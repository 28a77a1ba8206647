/// Every method of a client this server knows.
///
/// Messages are taken in the order they come, by one loop. What may then run beside the others is
/// said here and nowhere else: ``order``.
enum ClientMethod: String, CaseIterable {
  case initialize
  case initialized
  case shutdown
  case exit
  case cancelRequest = "$/cancelRequest"
  case setTrace = "$/setTrace"
  case didOpen = "textDocument/didOpen"
  case didChange = "textDocument/didChange"
  case didSave = "textDocument/didSave"
  case didClose = "textDocument/didClose"
  case didChangeWatchedFiles = "workspace/didChangeWatchedFiles"
  case didChangeConfiguration = "workspace/didChangeConfiguration"
  case didChangeWorkspaceFolders = "workspace/didChangeWorkspaceFolders"
  case completion = "textDocument/completion"
  case hover = "textDocument/hover"
  case definition = "textDocument/definition"
  case references = "textDocument/references"
  case prepareRename = "textDocument/prepareRename"
  case rename = "textDocument/rename"
  case documentSymbol = "textDocument/documentSymbol"
  case workspaceSymbol = "workspace/symbol"
  case semanticTokens = "textDocument/semanticTokens/full"
  case foldingRange = "textDocument/foldingRange"
  case formatting = "textDocument/formatting"
  case codeAction = "textDocument/codeAction"
  case codeLens = "textDocument/codeLens"
  case inlayHint = "textDocument/inlayHint"
  case executeCommand = "workspace/executeCommand"

  /// How a message stands to the ones before and after it.
  enum Order {
    /// Changes what the server knows: done before the next message is looked at.
    case alone
    /// Reads what the server knew when the message came: it may run beside whatever comes after, on
    /// a snapshot nothing changes any more, and its answer may come later than theirs.
    case beside
  }

  var order: Order {
    switch self {
    case .initialize, .initialized, .shutdown, .exit, .cancelRequest, .setTrace, .didOpen,
      .didChange, .didSave, .didClose, .didChangeWatchedFiles, .didChangeConfiguration,
      .didChangeWorkspaceFolders:
      .alone
    case .completion, .hover, .definition, .references, .prepareRename, .rename, .documentSymbol,
      .workspaceSymbol, .semanticTokens, .foldingRange, .formatting, .codeAction, .codeLens,
      .inlayHint, .executeCommand:
      .beside
    }
  }
}
