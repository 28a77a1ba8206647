import Foundation
import OpenAIWire
import PolicyUnits
import PromiseEvidence
import RoutingCalls
import RoutingLedger
import RoutingService

/// The same idempotency key bills once; another body under it is an error.
enum A7: Promise {
  static let name = "A7"
  static let text = "an idempotency key bills once, and holds for one body only"

  private static let repeats = 8

  /// What became of the repeats of one key.
  private struct Answers {
    var bodies: Set<[UInt8]> = []
    var answered = 0
    var isOtherRefused = false
  }

  static func tried(_ trial: Trial) async throws -> Verdict {
    let ground = try Ground(trial, "a7", tiers: 1)
    let gateway = try ground.gateway("ledger")
    let desk = try ServiceDesk(
      ground.workload.policy, ledger: gateway.ledger, provider: ground.wall.address)
    let keys = trial.count(1000, atLeast: 40)
    var findings: [String] = []
    var done = 0
    // So many keys at a time, each with all its repeats.
    let atOnce = 32
    for start in stride(from: 1, through: keys, by: atOnce) {
      trial.progress.show("A7 key \(start) of \(keys)")
      let numbers = start...min(keys, start + atOnce - 1)
      try await withThrowingTaskGroup(of: (Int, Answers).self) { group in
        for number in numbers { group.addTask { (number, try await ask(number, desk)) } }
        for try await (number, answers) in group {
          done += 1
          if answers.answered != repeats {
            findings.append("key \(number): \(answers.answered) of \(repeats) were answered")
          }
          if answers.bodies.count != 1 {
            findings.append("key \(number): \(answers.bodies.count) different answers")
          }
          if !answers.isOtherRefused { findings.append("key \(number): another body was taken") }
        }
      }
    }
    await desk.close()
    let calls = try ground.wall.newCalls()
    if calls.count != keys { findings.append("the provider counts \(calls.count) calls") }
    let markers = Set(calls.compactMap(\.marker))
    if markers.count != calls.count { findings.append("a request was called twice") }
    let rows = try LedgerBook(at: gateway.ledger).rows
    let billed = rows.filter { ($0.entry.cost.money?.nanos ?? 0) > 0 }.count
    if billed != keys { findings.append("\(billed) rows have a cost") }
    return .of(
      findings,
      "\(done) keys × \(repeats) at the same time: \(calls.count) calls at the provider, \(billed) "
        + "rows with a cost; another body refused \(done) times")
  }

  private static func ask(_ number: Int, _ desk: ServiceDesk) async throws -> Answers {
    let marker = Marker(run: 1, number: number)
    func body(_ text: String) -> String {
      #"{"model":"auto","messages":[{"role":"user","content":"\#(text) (\#(marker))"}]}"#
    }
    let key = "key-\(number)"
    var answers = try await withThrowingTaskGroup(of: RequestOutcome.self) { group in
      for _ in 0..<repeats {
        group.addTask { try await desk.answer(body("How do I pay?"), key: key) }
      }
      var answers = Answers()
      for try await outcome in group {
        guard let answer = outcome.body else { continue }
        answers.answered += 1
        answers.bodies.insert(answer)
      }
      return answers
    }
    let other = try await desk.answer(body("Where is my order?"), key: key)
    if case .unfit(.keyOfAnotherBody) = other.ending { answers.isOtherRefused = true }
    return answers
  }
}
