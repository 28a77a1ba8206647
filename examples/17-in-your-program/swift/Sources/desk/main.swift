import Foundation
import RungPolicy

// Asks a policy, in this process, who answers each request and what that costs at most:
// `desk POLICY REQUEST…`
var arguments = CommandLine.arguments.dropFirst()
guard let place = arguments.popFirst() else {
  print("usage: desk POLICY REQUEST…")
  exit(2)
}

do {
  // Once: a policy never changes, and any number of threads may ask it.
  let policy = try Policy(contentsOf: place)
  for path in arguments {
    var request = Request(body: Array(try Data(contentsOf: URL(filePath: path))))
    request.tenant = "acme"
    request.time = .text("2026-03-02T09:00:00Z")
    print("\(URL(filePath: path).lastPathComponent): \(line(try policy.decide(request)))")
  }
} catch let error as PolicyError {
  // Every finding has its place, as `rung check` prints it; without one the file was not there.
  let findings = error.diagnostics.map(\.description)
  print(findings.isEmpty ? error.message : findings.joined(separator: "\n"))
  exit(1)
} catch {
  print(error)
  exit(1)
}

func line(_ decision: Decision) -> String {
  switch decision.outcome {
  case .refused: return "refused: \(decision.refusal?.text ?? "")"
  case .needs: return "asks the classifier \(decision.classifier ?? "") first"
  case .route:
    let most: String
    switch decision.cost.atMost {
    case .known(let nanos, let currency): most = "\(Decimal(nanos) / 1_000_000_000) \(currency)"
    // An unknown cost is not zero: it has a reason.
    case .unknown(let reason): most = "unknown, \(reason)"
    }
    return "\(decision.model ?? "") by \(decision.route ?? ""), at most \(most)"
  }
}
