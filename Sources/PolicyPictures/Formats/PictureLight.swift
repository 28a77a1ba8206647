/// Which parts of a picture one request went through; the rest steps back.
package struct PictureLight: Sendable {
  package var nodes: [Int: State] = [:]
  package var edges: [Int: State] = [:]

  package init() {}

  package enum State: String, Hashable, Sendable, CaseIterable {
    /// It was taken.
    case lit
    /// It was asked and did not hold.
    case passed
    /// It follows if a call fails or an answer is rejected.
    case next
    /// It was planned and dropped.
    case dropped
  }
}
