import JSONWriting
import PolicyEditing
import PolicySource

extension DocumentQuestion {
  func lenses() -> [UInt8] {
    Self.list { json in
      for lens in snapshot.lenses(of: file.id) {
        json.object { json in
          json.member("range", range(of: lens.span))
          json.object("command") { json in
            json.member("title", lens.title)
            write(lens.command, &json)
          }
        }
      }
    }
  }

  private func write(_ command: Lens.Command, _ json: inout JSONWriter) {
    switch command {
    case .runTest(let name): write(.runTest, of: name, &json)
    case .explain(let route): write(.explain, of: route, &json)
    // A figure that nothing is done with.
    case .none: json.member("command", "")
    }
  }

  private func write(_ command: ServerCommand, of name: String, _ json: inout JSONWriter) {
    json.member("command", command.rawValue)
    json.array("arguments") { json in
      json.string(names.uri(of: file.path) ?? file.path)
      json.string(name)
    }
  }

  func hints(in asked: TextRange) -> [UInt8] {
    let bytes = file.bytes(of: asked, in: client.encoding)
    let span = Span(file: file.id, start: UInt32(bytes.lowerBound), end: UInt32(bytes.upperBound))
    return Self.list { json in
      for hint in snapshot.hints(of: file.id, in: span) {
        json.object { json in
          json.member("position", file.position(of: hint.offset, in: client.encoding))
          json.member("label", hint.label)
          json.member("paddingLeft", true)
          if !hint.tooltip.isEmpty { json.member("tooltip", hint.tooltip) }
        }
      }
    }
  }
}
