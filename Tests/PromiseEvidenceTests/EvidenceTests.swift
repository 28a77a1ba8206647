import PromiseEvidence
import Testing

@Suite struct `Evidence of three parties` {
  private static func marker(_ number: Int) -> Marker { Marker(run: 3, number: number) }

  /// Three requests: one answered in one call, one in two, one that died and was counted in full.
  private static var sound: Evidence {
    var evidence = Evidence { $0.promptTokens + 2 * $0.completionTokens }
    evidence.acknowledged = [
      Evidence.Acknowledged(marker: marker(1), id: "A", cost: 30, isServed: true),
      Evidence.Acknowledged(marker: marker(2), id: "B", cost: 60, isServed: true),
    ]
    evidence.rows = [
      Evidence.Row(id: "A", marker: marker(1), cost: 30, isLost: false),
      Evidence.Row(id: "B", marker: marker(2), cost: 60, isLost: false),
      Evidence.Row(id: "C", marker: marker(3), cost: 99, isLost: true),
    ]
    evidence.calls = [(1, 1), (2, 2), (3, 2), (4, 3)].map { number, marker in
      WallCall(
        number: number, model: "m", marker: Self.marker(marker), promptTokens: 10,
        completionTokens: 10)
    }
    return evidence
  }

  @Test func `that fits together has no findings`() {
    #expect(Self.sound.findings.isEmpty)
  }

  @Test(arguments: [
    (0, [Evidence.Finding.lost(marker(1)), .unrecorded(marker(1), bill: 30, kept: nil)]),
    (1, [.lost(marker(2)), .unrecorded(marker(2), bill: 60, kept: nil)]),
    (2, [.unrecorded(marker(3), bill: 30, kept: nil)]),
  ])
  func `finds each row that is missing`(index: Int, expected: [Evidence.Finding]) {
    var evidence = Self.sound
    evidence.rows.remove(at: index)
    #expect(evidence.findings == expected)
  }

  @Test(arguments: 0..<3) func `finds each row that is there twice`(index: Int) {
    var evidence = Self.sound
    evidence.rows.append(evidence.rows[index])
    #expect(evidence.findings.contains(.doubled(Self.marker(index + 1))))
    #expect(evidence.findings.contains(.doubledName(["A", "B", "C"][index])))
  }

  @Test func `does not take a lost row for an acknowledged one`() {
    var evidence = Self.sound
    evidence.rows[0] = Evidence.Row(id: "A", marker: Self.marker(1), cost: 30, isLost: true)
    #expect(evidence.findings == [.lost(Self.marker(1))])
  }

  @Test func `believes a line that says there is no row, unless it brings an answer`() {
    var evidence = Self.sound
    for isServed in [false, true] {
      evidence.acknowledged.append(
        Evidence.Acknowledged(
          marker: Self.marker(9), id: nil, cost: nil, isServed: isServed, isRecorded: false))
      #expect(evidence.findings == (isServed ? [.lost(Self.marker(9))] : []))
    }
  }

  @Test(arguments: [nil, 29, 31] as [Int64?]) func `finds a cost that differs`(cost: Int64?) {
    var evidence = Self.sound
    evidence.rows[0] = Evidence.Row(id: "A", marker: Self.marker(1), cost: cost, isLost: false)
    #expect(evidence.findings.first == .otherCost(Self.marker(1), told: 30, kept: cost))
    #expect(evidence.findings.count == (cost == 31 ? 1 : 2))
  }

  @Test func `finds a call that is not on record in full`() {
    var evidence = Self.sound
    evidence.calls.append(
      WallCall(
        number: 5, model: "m", marker: Self.marker(3), promptTokens: 70, completionTokens: 0))
    #expect(evidence.findings == [.unrecorded(Self.marker(3), bill: 100, kept: 99)])
    evidence.calls = [
      WallCall(number: 6, model: "m", marker: nil, promptTokens: 1, completionTokens: 1)
    ]
    #expect(evidence.findings == [.unnamedCall(6)])
  }

  @Test func `knows a request by its marker wherever it stands`() {
    let marker = Marker(run: 12, number: 345)
    #expect("\(marker)" == "r12-000345")
    for text in ["r12-000345", "user:r12-000345", "Order (r12-000345), rather late."] {
      #expect(Marker(in: text) == marker)
    }
    for text in ["", "r12", "r-000345", "r12-345", "rather-000345"] {
      #expect(Marker(in: text) == nil)
    }
  }

  @Test func `reads the provider's log and no other events`() throws {
    let log = """
      {"event":"began","call":1,"time":5,"path":"/v1/chat/completions","model":"m","question":"Hi r1-000002?","stream":false,"status":200,"fault":null,"prompt_tokens":12,"completion_tokens":34}
      {"event":"ended","call":1,"time":6,"ending":"whole"}

      """
    let calls = try WallCall.calls(inLog: Array(log.utf8))
    #expect(
      calls == [
        WallCall(
          number: 1, model: "m", marker: Marker(run: 1, number: 2), promptTokens: 12,
          completionTokens: 34)
      ])
    #expect(throws: (any Error).self) {
      try WallCall.calls(inLog: Array(log.utf8.dropLast(30)))
    }
  }
}
