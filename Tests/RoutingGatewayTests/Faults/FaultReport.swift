import StandInProvider

/// The table, as text.
struct FaultReport {
  private let verdicts: [FaultVerdict]
  private let took: Duration

  init(_ verdicts: [FaultVerdict], took: Duration) {
    self.verdicts = verdicts
    self.took = took
  }

  func show() {
    let cells = Dictionary(uniqueKeysWithValues: verdicts.map { ($0.cell, $0) })
    print(line("fault", ["plain, tier left", "plain, last", "stream, tier left", "stream, last"]))
    for fault in ListedFault.all {
      let row = [false, true].flatMap { isStreamed in
        FaultCell.Place.allCases.map { place in
          let cell = FaultCell(fault: fault, isStreamed: isStreamed, place: place)
          guard let verdict = cells[cell] else { return "–" }
          return verdict.problems.isEmpty ? verdict.ending : "WRONG \(verdict.ending)"
        }
      }
      print(line(fault.testDescription, row))
    }
    let wrong = verdicts.count { !$0.problems.isEmpty }
    let answers = verdicts.count { $0.problems.isEmpty && $0.answer.error == nil }
    let events = verdicts.count {
      $0.problems.isEmpty && $0.answer.error != nil && $0.answer.status == 200
    }
    let errors = verdicts.count - wrong - answers - events
    let calls = verdicts.reduce(0) { $0 + $1.wall.calls }
    let slowest = verdicts.map(\.elapsed).max() ?? .zero
    print(
      "\(ListedFault.all.count) faults, \(verdicts.count) cells: \(answers) right answers, "
        + "\(errors) errors, \(events) error events, \(wrong) wrong; the provider saw \(calls) "
        + "calls, and so did the ledger; the slowest cell took \(slowest), all of them \(took)")
  }

  private func line(_ name: String, _ cells: [String]) -> String {
    ([name] + cells).map { $0 + String(repeating: " ", count: max(1, 24 - $0.count)) }.joined()
  }
}
