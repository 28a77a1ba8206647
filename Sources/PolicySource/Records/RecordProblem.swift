/// Why bytes are not what a ``RecordWriter`` wrote of such a thing.
package enum RecordProblem: Error, Hashable, Sendable {
  /// They end before this was read.
  case truncated(String)
  /// This has a value nothing recorded has.
  case outOfRange(String)
  case trailing(bytes: Int)
  /// Written by another version of Rung.
  case version(UInt8)
  /// Recorded under another policy or catalog: values are by their places in one policy.
  case otherPolicy
}

extension RecordProblem: CustomStringConvertible {
  /// What is wrong, as the end of a sentence.
  package var description: String {
    switch self {
    case .truncated(let what): "the record ends before its \(what)"
    case .outOfRange(let what): "the record's \(what) cannot be"
    case .trailing(let bytes): "the record has \(bytes) bytes too many"
    case .version(let version):
      "the record is of format \(version), and this version of rung reads format 1"
    case .otherPolicy: "the record was made under another policy or catalog"
    }
  }
}
