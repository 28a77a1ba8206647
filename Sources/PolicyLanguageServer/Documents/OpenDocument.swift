package import PolicySource

/// A text as it stands in an editor, saved or not.
package struct OpenDocument: Sendable {
  /// As the client wrote it last: what is sent about the document names it so.
  package private(set) var uri: String
  /// Every spelling the client has it open under, the one in ``uri`` last.
  private(set) var spellings: [String]
  package let path: String
  /// Of the client; nil if it gave none.
  package private(set) var version: Int64?
  package private(set) var file: SourceFile
  /// Why the text is no longer known to be the editor's; nil while it is.
  package private(set) var lost: LostStep?

  package init(uri: String, version: Int64?, text: String) {
    self.uri = uri
    spellings = [uri]
    path = DocumentURI.path(of: uri)
    self.version = version
    file = SourceFile(path: path, text: text)
  }

  package var bytes: [UInt8] { file.bytes }

  /// The same file opened once more: its text is the one that came last.
  mutating func alsoOpen(_ other: OpenDocument) {
    spellings = spellings.filter { $0 != other.uri } + other.spellings
    uri = other.uri
    version = other.version
    file = other.file
    lost = nil
  }

  /// Whether the client has it open under another spelling still.
  mutating func close(_ uri: String) -> Bool {
    // A client that closes what it did not open so means the one it has.
    guard spellings.count > 1, spellings.contains(uri) else { return false }
    spellings.removeAll { $0 == uri }
    self.uri = spellings[spellings.count - 1]
    return true
  }

  /// A change that could not be read: what follows is about a text nobody here knows.
  mutating func lose(_ step: LostStep) { lost = step }

  /// One after the other: each is about the text the one before it made.
  ///
  /// A text that was lost is found again by a whole one.
  /// O(text) for each.
  package mutating func apply(
    _ changes: [ContentChange], version: Int64?, in encoding: PositionEncoding
  ) {
    self.version = version
    for change in changes {
      switch change {
      case .whole(let text):
        file = SourceFile(path: path, text: text)
        lost = nil
      case .part(let range, let text):
        var bytes = file.bytes
        let changed = file.bytes(of: range, in: encoding)
        bytes.replaceSubrange(changed, with: text.utf8)
        file = SourceFile(id: SourceID(0), path: path, bytes: bytes)
        let ends = [changed.lowerBound, changed.lowerBound + text.utf8.count]
        if ends.contains(where: { Self.halvesMayMeet(bytes, at: $0) }) {
          lose(LostStep(reason: "two halves of one character may have met in it"))
        }
      }
    }
  }
}

extension OpenDocument {
  /// Whether U+FFFD stands on both sides of a place, where each may be half of a character that the
  /// editor has whole (``HalfCharacters``).
  private static func halvesMayMeet(_ bytes: [UInt8], at place: Int) -> Bool {
    let two = Array("\u{FFFD}\u{FFFD}".utf8)
    guard place >= 3, place + 3 <= bytes.count else { return false }
    return bytes[(place - 3)..<(place + 3)].elementsEqual(two)
  }
}

/// A change of a text that the server could not read, so that it no longer has the editor's text.
///
/// The protocol has no way to ask for a text. Until the client sends all of it, nothing is said of
/// what stands in it, and no edit of it is made: both would be about other lines.
package struct LostStep: Hashable, Sendable {
  /// What is wrong with the change.
  let reason: String

  var message: String {
    "the language server could not read a change of this text: close it and open it again"
      + " (\(reason))"
  }
}

/// What a client says has changed in a text.
package enum ContentChange: Hashable, Sendable {
  case whole(String)
  case part(TextRange, String)
}
