package import PolicySource

/// A place in a file of a policy: between two bytes, counted from the start of the file.
package struct Place: Hashable, Sendable {
  package let file: SourceID
  /// In UTF-8 bytes; past the end of the file it stands for the end.
  package let offset: Int

  package init(file: SourceID, offset: Int) {
    self.file = file
    self.offset = offset
  }
}

extension Span {
  /// Whether a place is in it or at one of its ends.
  func touches(_ place: Place) -> Bool {
    file == place.file && Int(start) <= place.offset && place.offset <= Int(end)
  }
}
