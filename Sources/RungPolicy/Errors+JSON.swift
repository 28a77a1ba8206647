package import JSONWriting

extension RequestError {
  /// As the C library reports it.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("code", code)
      json.member("message", message)
      json.member("line", orNull: line)
      json.member("column", orNull: column)
      json.array("diagnostics") { _ in }
    }
  }
}

extension PolicyError {
  /// As the C library reports it.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("code", "invalid_policy")
      json.member("message", message)
      json.member("line", orNull: Int?.none)
      json.member("column", orNull: Int?.none)
      Diagnostic.write(diagnostics, to: &json)
    }
  }
}

extension Diagnostic {
  /// The member `diagnostics`.
  package static func write(_ diagnostics: [Diagnostic], to json: inout JSONWriter) {
    json.array("diagnostics") { json in
      for diagnostic in diagnostics { diagnostic.write(to: &json) }
    }
  }

  private func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("severity", severity.rawValue)
      json.member("code", code)
      json.member("message", message)
      json.member("path", orNull: place?.path)
      json.member("line", orNull: place?.line)
      json.member("column", orNull: place?.column)
      json.array("notes") { json in
        for note in notes { json.string(note) }
      }
    }
  }
}
