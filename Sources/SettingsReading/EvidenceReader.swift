import JSONReading
package import PolicyLint
import PolicyUnits

/// Why a file is no evidence.
package enum EvidenceProblem: Error, Hashable, Sendable {
  case notJSON(String)
  /// A member that is missing or is not what it has to be.
  case member(String)
  /// Made by a later version.
  case version(Int64)
  /// More wrong pairs than there are.
  case counts

  var words: String {
    switch self {
    case .notJSON(let reason): "it is no JSON: \(reason)"
    case .member(let name): "its `\(name)` is missing or not what it has to be"
    case .version(let version): "it is of version \(version), and this one reads version 1"
    case .counts: "its counts cannot be"
    }
  }
}

/// Reads what `rung cache measure --evidence` writes.
///
/// `{"rung_evidence":1,"kind":"similar","encoder":…,"guards":…,"threshold":…,"different":…,"wrong":…}`
/// and what else was measured, for people.
package enum EvidenceReader {
  package static func read(
    _ bytes: [UInt8]
  ) throws(EvidenceProblem) -> MeasuredEvidence.Content {
    let root: JSONValue
    do throws(JSONProblem) {
      root = try JSONText(bytes, limits: JSONLimits(bytes: 1 << 20)).root
    } catch {
      throw .notJSON(error.description)
    }
    guard let version = root["rung_evidence"]?.integer else { throw .member("rung_evidence") }
    guard version == 1 else { throw .version(version) }
    guard let kind = root["kind"]?.string, !kind.isEmpty else { throw .member("kind") }
    guard kind == "similar" else { return .other(kind) }
    guard let encoder = root["encoder"]?.string else { throw .member("encoder") }
    guard let guards = root["guards"]?.string else { throw .member("guards") }
    guard let threshold = root["threshold"]?.scaled(by: 6), threshold.isExact,
      (0...1_000_000).contains(threshold.value)
    else { throw .member("threshold") }
    guard let different = root["different"]?.integer else { throw .member("different") }
    guard let wrong = root["wrong"]?.integer else { throw .member("wrong") }
    guard wrong >= 0, different >= wrong, different <= 1 << 40 else { throw .counts }
    return .similar(
      SimilarityEvidence(
        encoder: encoder, guards: guards, threshold: Score(millionths: threshold.value),
        different: different, wrong: wrong))
  }
}
