import PolicySource

/// Writes a policy the one way there is: canonical spaces, two spaces for each block, columns
/// aligned among neighbours, at most one blank line.
///
/// Works on the tokens, so nothing but spaces and line ends changes; line ends an author chose inside
/// a condition, a list or a chain of fallbacks stay. O(n).
package enum PolicyFormatter {
  /// Blocks written on one line stay there within this width.
  package static let width = 100

  /// The formatted text; the text as it is if the file does not parse.
  package static func format(_ file: PolicyFile) -> String {
    guard let outline = Outline.of(file) else { return file.source.text(of: file.source.span) }
    var builder = RowBuilder(file, outline)
    builder.build()
    var rows = builder.rows
    ColumnAlignment.apply(to: &rows)
    return RowPrinter.text(of: rows)
  }
}
