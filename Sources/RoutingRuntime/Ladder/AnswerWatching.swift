/// Decides where an answer that is still coming ends before its time.
package protocol AnswerWatching: Sendable {
  /// Takes the next piece of the answer's text.
  ///
  /// How many of its bytes still belong to the answer, which ends there; nil while it goes on. The
  /// place does not depend on how the text is cut into pieces. After an end nothing is asked again.
  mutating func end(in piece: String) -> Int?
}
