import RoutingBudgets
import Testing

@Suite struct `A store in memory` {
  @Test func `grants a cap once, whoever asks at the same time`() async throws {
    let store: any BudgetStore = MemoryBudgetStore()
    let claim = Claim(key: key("rate", .requests, .hour), cap: 40, amount: 1)
    let granted = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<400 {
        group.addTask {
          let first = Progress(used: [0], pending: [1])
          return try await store.reserve(reservation(number, [claim]), first: first) == .granted
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(granted == 40)
    #expect(try await store.used([claim.key], at: at(0)) == [40])
    #expect(try await store.used([claim.key], at: at(301)) == [40])
    #expect(try await store.used([claim.key], at: at(4_000)) == [0])
  }

  @Test func `settles, and refuses to note what has ended`() async throws {
    let store = MemoryBudgetStore()
    let claim = Claim(key: key("spend"), cap: 40, amount: 10)
    _ = store.reserve(reservation(1, [claim]), first: Progress(used: [0], pending: [5]))
    try store.note(Progress(used: [5], pending: [5]), of: id(1))
    #expect(throws: BudgetStoreFailure.self) {
      try store.note(Progress(used: [5], pending: [6]), of: id(1))
    }
    store.settle(id(1), used: [7], at: at(1))
    #expect(throws: BudgetStoreFailure.self) {
      try store.note(Progress(used: [7], pending: [0]), of: id(1))
    }
    #expect(store.standings(at: at(1)).map(\.settled) == [7])
  }
}
