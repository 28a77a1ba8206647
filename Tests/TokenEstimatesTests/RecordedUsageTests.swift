import RoutingTestSupport
import Testing
import TokenEstimates

/// Estimates held against what providers billed.
@Suite struct RecordedUsageTests {
  @Test func `never bounds a recorded request below what was billed`() throws {
    guard let recordings = try RecordedUsage.all() else { return }
    var within = 0
    for recording in recordings {
      let estimate = recording.estimate
      #expect(estimate.bound >= recording.tokens, "\(recording.name)")
      if (estimate.low...estimate.high).contains(recording.tokens) {
        within += 1
      } else {
        SharedData.say(
          "  outside: \(recording.tokens) tokens, estimated \(estimate.low)…\(estimate.high), "
            + "\(recording.family.rawValue), \(recording.name)")
      }
    }
    SharedData.say(
      "token estimates: \(within) of \(recordings.count) recorded requests lie within the interval")
    #expect(recordings.count > 150)
    #expect(within * 100 >= recordings.count * 90)
  }
}
