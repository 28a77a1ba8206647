import Testing
import TrafficAudit
import TrafficLog

@Suite struct `What a logged request asks of its answers` {
  private static func audit(_ request: String, output: Int, beside: String = "") -> AuditReport {
    AuditedLog(
      #"{"time":1794182400,"model":"small","input_tokens":9,"output_tokens":\#(output),"cost":1"#
        + #"\#(beside),"request":{"messages":[]\#(request)}}"#
    ).report
  }

  @Test(arguments: [
    (#","max_tokens":50"#, 50), (#","max_completion_tokens":50"#, 50),
    (#","max_completion_tokens":50,"max_tokens":null"#, 50), (#","max_tokens":50.0"#, 60),
    (#","max_tokens":50,"n":3"#, 150), (#","max_tokens":50,"n":null"#, 50),
  ])
  func `tells which were cut at their cap`(request: String, output: Int) {
    #expect(Self.audit(request, output: output).truncated.requests == 1)
  }

  @Test(arguments: [
    (#","max_tokens":50"#, 49, 0 as Int64), (#","max_tokens":50,"n":3"#, 49, 0),
    (#","max_tokens":50,"n":3"#, 149, 1), ("", 50, 1),
  ])
  func `tells which were not, and guesses of no other`(
    request: String, output: Int, unknown: Int64
  ) {
    let report = Self.audit(request, output: output)
    #expect(report.truncated.requests == 0 && report.unknownEndings == unknown)
  }

  @Test func `stands before what its line says beside it`() {
    let beside = #","max_tokens":1,"n":5"#
    #expect(
      Self.audit(#","max_tokens":50,"n":1"#, output: 49, beside: beside).truncated.requests == 0)
    #expect(Self.audit("", output: 5, beside: beside).truncated.requests == 1)
  }

  @Test(arguments: [
    (#","max_completion_tokens":50"#, 50, true), (#","max_completion_tokens":50"#, 49, false),
    (#","max_completion_tokens":50,"max_tokens":20"#, 20, false),
    (#","max_completion_tokens":20,"max_tokens":50"#, 20, true),
    (#","max_completion_tokens":null,"max_tokens":20"#, 20, true),
  ])
  func `is read by both its names beside a request too`(beside: String, output: Int, isCut: Bool) {
    let report = Self.audit("", output: output, beside: beside)
    #expect(report.truncated.requests == (isCut ? 1 : 0) && report.unknownEndings == 0)
  }

  @Test func `is named where it is no number of tokens or of answers`() {
    #expect(AuditedLog(#"{"time":1,"request":{"max_tokens":"x"}}"#).log.problemCount == 1)
    for member in ["max_tokens", "max_completion_tokens"] {
      let line = #"{"time":1794182400,"output_tokens":3,"\#(member)":"x"}"#
      #expect(
        AuditedLog(line).log.problems.map(\.description) == [
          "line 1: `\(member)` is no number of tokens"
        ])
    }
    let log = AuditedLog(#"{"time":1794182400,"request":{"n":"3"}}"#).log
    #expect(log.problemCount == 0 && log.misreadChoices == 1)
  }

  @Test func `keeps a streamed one out of a provider's batches`() {
    func streams(_ request: String) -> Bool {
      var found = false
      var log = SpendLog()
      func take(_ row: borrowing SpendRow, _ log: borrowing SpendLog) { found = row.isStreamed }
      log.read(.bytes(Array(#"{"time":1794182400,"request":{\#(request)}}"#.utf8)), take)
      log.read(.end, take)
      return found
    }
    #expect(streams(#""stream":true"#) && !streams(#""stream":false"#) && !streams(""))
  }
}
