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

/// No measurement counts more; of more a bound could not be calculated in a known time.
private let mostCounted: Int64 = 100_000_000

/// Reads what `rung cache measure --evidence` and `rung eval --calibrate GATE --evidence` write.
///
/// `{"rung_evidence":1,"kind":"similar","encoder":…,"guards":…,"threshold":…,"different":…,"wrong":…}`
/// and what else was measured, for people.
package enum EvidenceReader {
  /// The command that writes evidence of this kind, as far as the bytes tell which it is.
  static func maker(of bytes: [UInt8]) -> String {
    let root = try? JSONText(bytes, limits: JSONLimits(bytes: 1 << 20)).root
    switch root?["kind"]?.string {
    case "gate": return "`rung eval POLICY --calibrate GATE --evidence FILE` writes it anew"
    case "similar": return "`rung cache measure POLICY --evidence FILE` writes it anew"
    case _: return makers
    }
  }

  static let makers =
    "`rung eval POLICY --calibrate GATE --evidence FILE` writes one for a gate, `rung cache measure "
    + "POLICY --evidence FILE` one for a similar-answer cache"

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
    if kind == "gate" { return .gate(try gate(root)) }
    guard kind == "similar" else { return .other(kind) }
    guard let encoder = root["encoder"]?.string else { throw .member("encoder") }
    guard let guards = root["guards"]?.string else { throw .member("guards") }
    guard let threshold = root["threshold"]?.scaled(by: 6), threshold.isExact,
      (0...1_000_000).contains(threshold.value)
    else { throw .member("threshold") }
    guard let different = root["different"]?.integer else { throw .member("different") }
    guard let wrong = root["wrong"]?.integer else { throw .member("wrong") }
    guard wrong >= 0, different >= wrong, different <= mostCounted else { throw .counts }
    return .similar(
      SimilarityEvidence(
        encoder: encoder, guards: guards, threshold: Score(millionths: threshold.value),
        different: different, wrong: wrong))
  }

  /// `{…,"kind":"gate","gate":…,"definition":…,"tiers":[{"ladder":…,"model":…,"version":…,"threshold":…,
  /// "accepted":…,"right":…}]}`, where a yes/no gate has no threshold.
  private static func gate(_ root: JSONValue) throws(EvidenceProblem) -> GateEvidence {
    guard let name = root["gate"]?.string else { throw .member("gate") }
    guard let definition = root["definition"]?.string else { throw .member("definition") }
    guard let list = root["tiers"], list.kind == .array else { throw .member("tiers") }
    let tiers = try list.elements.map { tier throws(EvidenceProblem) in
      guard let ladder = tier["ladder"]?.string else { throw .member("ladder") }
      guard let model = tier["model"]?.string else { throw .member("model") }
      guard let version = tier["version"]?.string else { throw .member("version") }
      let threshold = try tier["threshold"].map { value throws(EvidenceProblem) in
        guard let scaled = value.scaled(by: 6), scaled.isExact,
          (0...1_000_000).contains(scaled.value)
        else { throw .member("threshold") }
        return Score(millionths: scaled.value)
      }
      guard let accepted = tier["accepted"]?.integer else { throw .member("accepted") }
      guard let right = tier["right"]?.integer else { throw .member("right") }
      guard right >= 0, accepted >= right, accepted <= mostCounted else { throw .counts }
      return GateEvidence.Tier(
        ladder: ladder, model: model, version: version, threshold: threshold, accepted: accepted,
        right: right)
    }
    return GateEvidence(gate: name, definition: definition, tiers: tiers)
  }
}
