import HTTPUpstream
import OpenAIWire
import StandInProvider
import Testing

@testable import RoutingCalls

@Suite struct `A provider's files and batches` {
  @Test func `are not waited for without end where nothing comes back`() async throws {
    let silent = BatchScript(faults: [
      .init(at: .upload, .silentAfter), .init(at: .create, .silentAfter),
    ])
    let standIn = try await StandIn.start(script: Script(batches: silent))
    let client = BatchClient(
      client: HTTPUpstream(), base: standIn.address, key: nil, patience: .milliseconds(300))
    let lines = Array(#"{"custom_id":"a","body":{}}"#.utf8)
    func upload() async throws(BatchClient.Failure) -> String {
      try await client.upload(lines, named: "a.jsonl", boundary: "rung-a").id
    }
    // It may be done all the same, and is tried again: a file alone costs nothing.
    await #expect(throws: BatchClient.Failure.self) { try await upload() }
    do throws(BatchClient.Failure) {
      let file = try await upload()
      do throws(BatchClient.Failure) {
        _ = try await client.create(of: file, mark: "a")
        Issue.record("nobody said that it was made")
      } catch {
        #expect(error.mayBeDone && error.isPassing, "\(error)")
      }
    } catch {
      Issue.record("\(error)")
    }
    await standIn.stop()
  }
}
