import OpenAIWire
import PolicyGraph
import PolicySemantics
import RoutingRequests
import RoutingRuntime

/// The file a test's request stands in.
enum TestRequestFile {
  /// As a request, asked at the moment every test is asked at.
  @Sendable static func input(
    _ file: PolicyTextFile
  ) -> Result<RequestInput, PolicyTestRunner.UnreadableRequest> {
    do throws(RequestTextProblem) {
      let request = try ChatRequest(text: Array(file.text.utf8), path: file.path)
      return .success(RequestInput(request, moment: PolicyTestRunner.moment))
    } catch {
      return .failure(PolicyTestRunner.UnreadableRequest(error.message))
    }
  }
}
