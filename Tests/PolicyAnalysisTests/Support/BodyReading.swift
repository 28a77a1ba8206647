import OpenAIWire
import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingRequests
import RoutingRuntime

/// The requests of files, as a test of a policy reads them.
enum BodyReading {
  static func request(_ body: String) -> RequestInput? {
    guard let request = try? ChatRequest(Array(body.utf8)) else { return nil }
    return RequestInput(request, moment: PolicyTestRunner.moment)
  }

  static func runner(_ decider: Decider) -> PolicyTestRunner {
    PolicyTestRunner(decider) { file in
      request(file.text).map { .success($0) } ?? .failure(.init("not a request"))
    }
  }
}

extension CaseText {
  /// A policy with these tests, as they are printed, and their files beside it.
  func pasted(into policy: String) throws -> DecisionGraph {
    let files = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.body) })
    return try SamplePolicy(policy + "\n" + text, files: files).graph
  }
}
