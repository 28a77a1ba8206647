package import PolicySource

/// A line of figures or a button over a declaration.
package struct Lens: Hashable, Sendable {
  /// The name it stands over.
  package let span: Span
  package let title: String
  package let command: Command

  package enum Command: Hashable, Sendable {
    /// Of the test or `always` with this title.
    case runTest(String)
    /// Of the route with this name, or `otherwise`.
    case explain(String)
    /// A figure to be read.
    case none
  }
}

/// A few words shown inside a line, that are not in the file.
package struct Hint: Hashable, Sendable {
  package let file: SourceID
  /// Where it is shown, in UTF-8 bytes.
  package let offset: Int
  package let label: String
  /// One sentence more.
  package let tooltip: String
}
