import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime
import Testing

/// What a classifier is sent is never longer than what is set aside for it.
@Suite struct `The text of a part` {
  @Test func `is bounded with what stands between its messages`() throws {
    let date = try #require(CalendarDate(year: 2026, month: 11, day: 20))
    var random = SeededGenerator(seed: 5)
    var joined = 0
    for _ in 0..<2_000 {
      var input = RequestInput(moment: LocalMoment(date: date, weekday: .friday, hour: 12))
      for _ in 0...Int(random.next() % 200) {
        let role = RequestInput.Role.allCases[Int(random.next() % 5)]
        let text = String(repeating: "é", count: Int(random.next() % 3))
        input.messages.append(RequestInput.Message(role: role, text: text))
      }
      let measure = InputMeasure(input, dropsTools: false)
      for part in TextPart.allCases {
        let length = Int64(input.text(of: part).utf8.count)
        #expect(length <= measure.joinedBytes(of: part), "\(part)")
        if length > measure.bytes(of: part) { joined += 1 }
      }
    }
    print("seed 5: \(joined) of 8,000 texts are longer than their messages")
    #expect(joined > 1_000, "the messages alone do not bound them")
  }
}
