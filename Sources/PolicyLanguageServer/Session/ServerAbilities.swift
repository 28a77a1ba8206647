import JSONWriting

/// What the server tells a client it can do.
struct ServerAbilities {
  let client: ClientSettings
  let version: String

  func write(_ json: inout JSONWriter) {
    json.object { json in
      json.object("capabilities", writeCapabilities)
      json.object("serverInfo") { json in
        json.member("name", "rung")
        json.member("version", version)
      }
    }
  }

  private func writeCapabilities(_ json: inout JSONWriter) {
    json.member("positionEncoding", client.encoding.rawValue)
    json.object("textDocumentSync") { json in
      json.member("openClose", true)
      // Only what changed.
      json.member("change", 2)
      json.object("save") { $0.member("includeText", false) }
    }
    json.object("completionProvider") { json in
      json.array("triggerCharacters") { json in
        for character in [" ", ".", "\""] { json.string(character) }
      }
    }
    for name in ["hover", "definition", "references", "documentSymbol", "workspaceSymbol"] {
      json.member("\(name)Provider", true)
    }
    if client.asksBeforeRename {
      json.object("renameProvider") { $0.member("prepareProvider", true) }
    } else {
      json.member("renameProvider", true)
    }
    json.object("semanticTokensProvider") { json in
      json.object("legend") { json in
        json.array("tokenTypes") { json in TokenLegend.types.forEach { json.string($0) } }
        json.array("tokenModifiers") { json in TokenLegend.modifiers.forEach { json.string($0) } }
      }
      json.member("full", true)
    }
    for name in ["foldingRange", "documentFormatting", "inlayHint"] {
      json.member("\(name)Provider", true)
    }
    json.object("codeActionProvider") { json in
      json.array("codeActionKinds") { json in
        json.string(ActionKind.quickFix)
        json.string(ActionKind.fixAll)
      }
    }
    json.object("codeLensProvider") { $0.member("resolveProvider", false) }
    json.object("workspace") { json in
      json.object("workspaceFolders") { json in
        json.member("supported", true)
        json.member("changeNotifications", true)
      }
    }
    json.object("executeCommandProvider") { json in
      json.array("commands") { json in
        for command in ServerCommand.allCases { json.string(command.rawValue) }
      }
    }
  }
}
