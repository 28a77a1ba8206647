import JSONWriting
import PolicySemantics
import PolicyUnits
import RoutingCatalog
import RoutingEvaluation

/// The evidence a calibration gives: what `rung.yaml` names and `gate_without_evidence` asks for.
struct GateEvidenceFile {
  let result: CalibrationResult
  let date: CalendarDate

  var text: String {
    let policy = result.policy
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("rung_evidence", 1)
      json.member("kind", "gate")
      json.member("measured", date.text)
      json.member("gate", result.gate.name)
      json.member("definition", policy.fingerprint(of: result.calibration.gate))
      json.member("from", result.source)
      json.member("confidence", millionths: 950_000)
      json.array("tiers") { json in
        for tier in result.calibration.tiers where tier.written.accepted.total > 0 {
          json.object { json in
            json.member("ladder", tier.place.ladder)
            json.member("tier", tier.place.tier)
            json.member("model", tier.place.model)
            json.member("version", policy.version(of: tier.model))
            if let threshold = tier.threshold {
              json.member("threshold", millionths: threshold.score.millionths)
            }
            json.member("asked", tier.asked)
            json.member("accepted", tier.written.accepted.total)
            json.member("right", tier.written.accepted.hits)
            json.member(
              "right_at_least",
              millionths: tier.written.accepted.atLeastMillionths)
          }
        }
      }
    }
    return json.text + "\n"
  }
}
