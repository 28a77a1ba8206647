import PromiseEvidence
import Testing

@Suite struct `A machine that fails on request` {
  @Test(arguments: ["before", "half", "after"], [20, 101, 202])
  func `dies at the call it was told, and SQLite has every row it committed`(
    moment: String, call: Int
  ) throws {
    if let obstacle = SQLiteWriter.obstacle { return print("not tried: \(obstacle)") }
    let writer = try SQLiteWriter()
    defer { writer.remove() }
    let (said, trace) = try writer.write(90, synchronous: "FULL", plan: "kill \(moment) \(call)")
    #expect(trace.hasFault)
    #expect(trace.calls == call)
    #expect(said.count < 90)
    let rows = try #require(try writer.rows(in: [writer.database]).first ?? nil)
    #expect(rows.isSuperset(of: said))
    #expect(rows.count <= said.count + 1)
  }

  @Test(arguments: ["fail ENOSPC 150 4", "fail EIO 150 4", "short 150 4"])
  func `fails as often as it was told, then works again`(plan: String) throws {
    if let obstacle = SQLiteWriter.obstacle { return print("not tried: \(obstacle)") }
    let writer = try SQLiteWriter()
    defer { writer.remove() }
    let (said, trace) = try writer.write(90, synchronous: "FULL", plan: plan)
    let failures = trace.events.count { event in
      if case .failed = event.change { true } else { false }
    }
    #expect(failures == (plan.hasPrefix("short") ? 3 : 4))
    #expect(said.count < 90)
    #expect(said.last == 89)
    #expect(try writer.rows(in: [writer.database]) == [Set(said)])
  }

  @Test func `leaves a program alone without a plan, and sees all it does`() throws {
    if let obstacle = SQLiteWriter.obstacle { return print("not tried: \(obstacle)") }
    let writer = try SQLiteWriter()
    defer { writer.remove() }
    let (said, trace) = try writer.write(30, synchronous: "FULL")
    #expect(said == Array(0..<30))
    #expect(!trace.hasFault)
    let syncs = trace.events.count { event in
      if case .syncEnded = event.change { true } else { false }
    }
    #expect(syncs >= 30)
  }
}
