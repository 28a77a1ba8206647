package import PolicySource

/// A text as it stands in an editor, saved or not.
package struct OpenDocument: Sendable {
  /// As the client wrote it: what is sent about the document names it so.
  package let uri: String
  package let path: String
  /// Of the client; nil if it gave none.
  package private(set) var version: Int64?
  package private(set) var file: SourceFile

  package init(uri: String, version: Int64?, text: String) {
    self.uri = uri
    path = DocumentURI.path(of: uri)
    self.version = version
    file = SourceFile(path: path, text: text)
  }

  package var bytes: [UInt8] { file.bytes }

  /// One after the other: each is about the text the one before it made.
  ///
  /// O(text) for each.
  package mutating func apply(
    _ changes: [ContentChange], version: Int64?, in encoding: PositionEncoding
  ) {
    self.version = version
    for change in changes {
      switch change {
      case .whole(let text):
        file = SourceFile(path: path, text: text)
      case .part(let range, let text):
        var bytes = file.bytes
        bytes.replaceSubrange(file.bytes(of: range, in: encoding), with: text.utf8)
        file = SourceFile(id: SourceID(0), path: path, bytes: bytes)
      }
    }
  }
}

/// What a client says has changed in a text.
package enum ContentChange: Hashable, Sendable {
  case whole(String)
  case part(TextRange, String)
}
