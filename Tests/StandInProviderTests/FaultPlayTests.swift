import Foundation
import HTTPUpstream
import JSONReading
import Testing

@testable import StandInProvider

/// What the rarer faults put on the wire.
@Suite struct FaultPlayTests {
  private func answer(
    _ fault: Fault, streams: Bool = false
  ) async throws -> (answer: UpstreamAnswer, seen: Stats) {
    let standIn = try await StandIn.start()
    let client = HTTPUpstream()
    let body =
      #"{"model":"m","stream":\#(streams),"messages":[{"role":"user","content":"How do I pay?"}],"#
      + #""stream_options":{"include_usage":true}}"#
    let result: Result<UpstreamAnswer, UpstreamFailure>
    do throws(UpstreamFailure) {
      result = .success(
        try await client.sendWhole(
          UpstreamRequest(
            .post, standIn.address + "/chat/completions",
            headers: [UpstreamHeader("x-standin-fault", fault.name)], body: Array(body.utf8))))
    } catch {
      result = .failure(error)
    }
    client.shutdown()
    let seen = standIn.stats
    await standIn.stop()
    return (try result.get(), seen)
  }

  @Test func `the bomb is a gzip file as large as it says`() async throws {
    let bomb = GzipBomb(unpacked: 32 << 20)
    var bytes = bomb.opening
    for _ in 0..<bomb.slices { bytes += bomb.slice }
    bytes += bomb.closing
    #expect(bytes.count == bomb.size && bytes.count < 256 << 10)
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gz")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    let gzip = Process()
    let output = Pipe()
    gzip.executableURL = URL(filePath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", file.path]
    gzip.standardOutput = output
    gzip.standardError = FileHandle.nullDevice
    try gzip.run()
    var unpacked = 0
    while let piece = try output.fileHandleForReading.read(upToCount: 1 << 20), !piece.isEmpty {
      #expect(piece.allSatisfy { $0 == UInt8(ascii: "x") })
      unpacked += piece.count
    }
    gzip.waitUntilExit()
    #expect((24 << 20...32 << 20).contains(unpacked), "\(unpacked) bytes")
  }

  @Test func `who follows a redirect is seen`() async throws {
    let (answer, seen) = try await answer(.redirect)
    #expect(answer.status == 301 && seen.requests == 1)
    let place = try #require(answer.head["location"])
    #expect(place.hasPrefix("http://elsewhere.localhost:") && place.hasSuffix("/"))
  }

  @Test(arguments: [
    (Fault.noContent, 204, nil), (.status408, 408, nil), (.status409, 409, nil),
    (.badRequest, 400, nil), (.status413, 413, nil), (.status429Absurd, 429, "99999999999999"),
  ])
  func `a status is sent as it is`(fault: Fault, status: Int, retryAfter: String?) async throws {
    let (answer, seen) = try await answer(fault)
    #expect(answer.status == status && answer.head["retry-after"] == retryAfter)
    #expect(answer.body.isEmpty == (status == 204))
    #expect(seen.models["m"]?.workedTokens == 0 && seen.models["m"]?.calls == 1)
  }

  @Test(arguments: [Fault.streamWithoutDone, .streamDoneTwice, .streamAfterDone])
  func `a stream with a wrong end is all there, and counted`(fault: Fault) async throws {
    let (answer, seen) = try await answer(fault, streams: true)
    let events = String(decoding: answer.body, as: UTF8.self).components(separatedBy: "\n\n")
      .dropLast()
    let ends = events.indices.filter { events[$0] == "data: [DONE]" }
    #expect(ends.count == [.streamWithoutDone: 0, .streamDoneTwice: 2, .streamAfterDone: 1][fault])
    if fault == .streamAfterDone { #expect(ends.first == events.count / 2) }
    let model = try #require(seen.models["m"])
    #expect(model.promptTokens > 0 && model.completionTokens > 0)
    #expect(model.workedTokens == model.promptTokens + model.completionTokens)
  }

  @Test(arguments: [(Fault.brokenJSON, false), (.brokenEvent, true)])
  func `what is nearly JSON is not`(fault: Fault, streams: Bool) async throws {
    let (answer, seen) = try await answer(fault, streams: streams)
    let last =
      String(decoding: answer.body, as: UTF8.self).components(separatedBy: "data: ")
      .last ?? ""
    #expect(throws: JSONProblem.self) { try JSONText(last) }
    #expect(seen.models["m"]?.promptTokens == 0 && seen.models["m"]?.workedTokens ?? 0 > 0)
  }
}
