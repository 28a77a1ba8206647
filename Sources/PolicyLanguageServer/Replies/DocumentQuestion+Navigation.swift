import JSONWriting
import PolicyDiagnostics
import PolicyEditing
import PolicySource

extension DocumentQuestion {
  func hover(at position: TextPosition) -> [UInt8] {
    guard let hover = snapshot.hover(at: place(at: position)) else { return Self.nothing }
    return Self.object { json in
      writeMarkup("contents", hover.markdown, asMarkdown: client.takesMarkdownInHovers, &json)
      json.member("range", range(of: hover.span))
    }
  }

  func definition(at position: TextPosition) -> [UInt8] {
    locations(snapshot.definitions(at: place(at: position)))
  }

  func references(at position: TextPosition, withDeclaration: Bool) -> [UInt8] {
    locations(snapshot.references(at: place(at: position), withDeclaration: withDeclaration))
  }

  func prepareRename(at position: TextPosition) -> [UInt8] {
    guard let found = snapshot.renameable(at: place(at: position)) else { return Self.nothing }
    return Self.object { json in
      json.member("range", range(of: found.span))
      json.member("placeholder", found.name)
    }
  }

  func rename(at position: TextPosition, to name: String) -> WorkResult {
    do throws(RenameProblem) {
      let edits = try snapshot.rename(at: place(at: position), to: name)
      var json = JSONWriter()
      writeWorkspaceEdit(edits, &json)
      return .answered(json.bytes, first: [])
    } catch {
      return .refused(ResponseError(.requestFailed, error.message))
    }
  }

  private func locations(_ spans: [Span]) -> [UInt8] {
    Self.list { json in
      for span in spans {
        guard let link = link(to: span) else { continue }
        json.object { json in
          json.member("uri", link.uri)
          json.member("range", link.range)
        }
      }
    }
  }
}
