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
    let places = snapshot.references(
      at: place(at: position), withDeclaration: withDeclaration, sharing: workspace.sharing,
      real: workspace.real)
    return Self.list { json in
      for place in places {
        guard let uri = names.uri(of: place.file.path) else { continue }
        writeLocation(uri, place.file.range(of: place.span, in: client.encoding), &json)
      }
    }
  }

  func prepareRename(at position: TextPosition) -> [UInt8] {
    guard let found = snapshot.renameable(at: place(at: position)) else { return Self.nothing }
    return Self.object { json in
      json.member("range", range(of: found.span))
      json.member("placeholder", found.name)
    }
  }

  func rename(at position: TextPosition, to name: String) -> WorkResult {
    let place = place(at: position)
    do throws(RenameProblem) {
      let renaming = try snapshot.rename(
        at: place, to: name, sharing: workspace.sharing, real: workspace.real)
      if let lost = renaming.files.first(where: { workspace.hasLost($0.file.path) }) {
        throw .lost(lost.file.path)
      }
      let unseen = renaming.warnings.filter(\.changesDecisions)
      guard client.confirmsChanges || unseen.isEmpty else { throw .needsConfirmation(unseen) }
      return answered(renaming, of: snapshot.renameable(at: place)?.name ?? name)
    } catch {
      return .refused(ResponseError(.requestFailed, error.message))
    }
  }

  /// With its warnings: as a question where the client asks it, else as a message.
  private func answered(_ renaming: Renaming, of name: String) -> WorkResult {
    let words = renaming.warnings.map(\.message).joined(separator: "; ")
    var json = JSONWriter()
    guard !words.isEmpty, client.confirmsChanges else {
      writeWorkspaceEdit(renaming.files, &json)
      let warning = OutgoingMessage.shown("`\(name)` is renamed: \(words)", .warning)
      return .answered(json.bytes, first: words.isEmpty ? [] : [warning])
    }
    let annotation = ChangeAnnotation(label: "Rename `\(name)`", description: words)
    writeWorkspaceEdit(renaming.files, annotation: annotation, &json)
    return .answered(json.bytes, first: [])
  }

  private func locations(_ spans: [Span]) -> [UInt8] {
    Self.list { json in
      for span in spans {
        guard let link = link(to: span) else { continue }
        writeLocation(link.uri, link.range, &json)
      }
    }
  }

  private func writeLocation(_ uri: String, _ range: TextRange, _ json: inout JSONWriter) {
    json.object { json in
      json.member("uri", uri)
      json.member("range", range)
    }
  }
}
