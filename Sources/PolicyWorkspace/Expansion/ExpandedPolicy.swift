package import PolicySource

/// One flat policy: the policy, and what it imports written into it.
package struct ExpandedPolicy: Sendable {
  /// In the one format there is.
  package let text: String
  /// In the order of the text; of a block of facts each fact.
  package let declarations: [Origin]

  /// Where a declaration of the flat policy was written.
  package struct Origin: Hashable, Sendable {
    /// The word that opens it: `gate`, or `fact` for one fact of a block.
    package let keyword: String
    /// The title of a test or of an `always`; nil where there is no name.
    package let name: String?
    /// The file as it was read.
    package let path: String
    package let place: Location
    package let isImported: Bool
    /// The line in ``ExpandedPolicy/text``, from 1.
    package let line: Int
  }
}
