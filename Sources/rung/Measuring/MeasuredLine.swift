import PolicySemantics
import PolicyUnits

/// A threshold under one encoder that a policy's routes use, and those routes.
struct MeasuredLine: Sendable {
  let encoder: EmbedderID
  let encoderName: String
  let threshold: Score
  let routes: [String]

  /// The `similar` lines of a policy, alike ones together; of one route where it is named.
  static func all(
    in policy: CheckedPolicy, route: String?
  ) throws(CommandFailure) -> [MeasuredLine] {
    if let route, !policy.routes.contains(where: { $0.name == route }) {
      throw CommandFailure("the policy has no route `\(route)`")
    }
    var lines: [MeasuredLine] = []
    for checked in policy.routes where route == nil || checked.name == route {
      for case .cache(let rule) in checked.effects {
        guard case .similar(let threshold, let encoder) = rule.kind else { continue }
        let alike = lines.firstIndex { $0.encoder == encoder && $0.threshold == threshold }
        let routes = alike.map { lines[$0].routes } ?? []
        let line = MeasuredLine(
          encoder: encoder, encoderName: policy[encoder].name, threshold: threshold,
          routes: routes + [checked.name])
        if let alike { lines[alike] = line } else { lines.append(line) }
      }
    }
    guard !lines.isEmpty else {
      throw CommandFailure(
        "\(route.map { "the route `\($0)`" } ?? "the policy") has no line `cache similar >= … by …`"
      )
    }
    return lines
  }
}
