import JSONWriting
import PolicySemantics
import PolicyUnits
import RoutingEvaluation

/// A calibration for machines: `rung.calibration/1`, with every threshold the text has.
///
/// The evidence file is another one: it holds the policy's own threshold only, and is what the linter
/// reads.
enum CalibrationJSON {
  static func text(_ result: CalibrationResult) -> String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("format", "rung.calibration/1")
      json.member("policy", result.path)
      json.member("gate", result.gate.name)
      json.member("definition", result.policy.fingerprint(of: result.calibration.gate))
      json.member("from", result.source)
      json.member("undecided", result.undecided)
      json.member("ungraded", result.ungraded)
      json.member("only_accepted", result.onlyAccepted)
      json.array("tiers") { json in
        for tier in result.calibration.tiers { json.object { json in write(tier, to: &json) } }
      }
    }
    return json.text
  }

  private static func write(_ tier: GateCalibration.Tier, to json: inout JSONWriter) {
    json.member("ladder", tier.place.ladder)
    json.member("tier", tier.place.tier)
    json.member("model", tier.place.model)
    json.member("asked", tier.asked)
    json.member("failed", tier.failed)
    json.key("as_written")
    write(tier.written, to: &json)
    json.member("distinct", tier.distinct)
    json.array("thresholds") { json in for row in tier.rows { write(row, to: &json) } }
  }

  private static func write(_ row: GateCalibration.Row, to json: inout JSONWriter) {
    json.object { json in
      json.member("threshold_millionths", orNull: row.threshold?.millionths)
      json.member("accepted", row.accepted.total)
      json.member("right", row.accepted.hits)
      json.member(
        "right_at_least_millionths",
        orNull: row.accepted.total > 0 ? row.accepted.atLeastMillionths : nil)
    }
  }
}
