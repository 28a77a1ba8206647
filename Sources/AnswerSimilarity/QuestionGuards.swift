import PolicySource

/// The guards as a whole: what evidence about them has to name.
package enum QuestionGuards {
  /// Raised by hand with every change of what the guards let through; the words they know count by
  /// themselves.
  static let revision = 5

  /// Changes when the guards may decide otherwise than before: evidence is of one fingerprint.
  package static let fingerprint: String = {
    var fields = ["\(revision)"]
    for lexicon in Lexicon.all { fields += lexicon.fields }
    return StableHash.digest(ofFields: fields).description
  }()
}
