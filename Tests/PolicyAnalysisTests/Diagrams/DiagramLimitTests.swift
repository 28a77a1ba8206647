import Dispatch
import Foundation
import RoutingTestSupport
import Synchronization
import Testing

@testable import PolicyAnalysis

@Suite struct `Limits of diagrams` {
  /// Pairs of variables that are equal, in the worst order: 2ⁿ nodes.
  private func equalities(_ pairs: Int, _ store: DiagramStore) throws -> Diagram {
    var all = Diagram.always
    for pair in 0..<pairs {
      let (a, b) = (
        try store.literal(level: pair, cells: [1..<2]),
        try store.literal(level: pairs + pair, cells: [1..<2])
      )
      let same = try store.or(
        try store.and(a, b), try store.and(try store.not(a), try store.not(b)))
      all = try store.and(all, same)
    }
    return all
  }

  @Test func `are never passed, and a store is of use after a refusal`() throws {
    for most in [10, 100, 1_000, 5_000] {
      var limits = DiagramLimits()
      limits.nodes = most
      let store = DiagramStore(domains: Array(repeating: 2, count: 40), limits: limits)
      #expect(throws: DiagramsTooLarge.self) { try equalities(20, store) }
      #expect(store.nodeCount <= most)
      // What is there already can be asked for again, and joined to what is there.
      let known = (0..<4).compactMap { try? store.literal(level: $0, cells: [1..<2]) }
      for one in known {
        #expect(try store.and(one, .always) == one)
        #expect(try store.minus(one, one) == .never)
      }
      #expect(store.nodeCount <= most)
    }
  }

  @Test func `on steps end a computation`() throws {
    var limits = DiagramLimits()
    limits.steps = 2_000
    let store = DiagramStore(domains: Array(repeating: 2, count: 40), limits: limits)
    #expect(throws: DiagramsTooLarge.self) { try equalities(20, store) }
  }

  @Test func `on the growth of one union leave the store as good as before`() throws {
    let store = DiagramStore(domains: Array(repeating: 2, count: 24))
    let wide = try equalities(12, DiagramStore(domains: Array(repeating: 2, count: 24)))
    #expect(wide != .never)
    var left: [Diagram] = []
    for pair in 0..<12 {
      let a = try store.literal(level: pair, cells: [1..<2])
      let b = try store.literal(level: 12 + pair, cells: [1..<2])
      left.append(try store.and(a, b))
    }
    let low = try left[..<6].reduce(Diagram.never) { try store.or($0, $1) }
    let high = try left[6...].reduce(Diagram.never) { try store.or($0, $1) }
    let before = store.nodeCount
    #expect(store.or(low, high, growingBy: 20) == nil)
    #expect(store.nodeCount <= before + 20)
    let union = try store.or(low, high)
    #expect(try store.minus(low, union) == .never)
    #expect(try store.minus(high, union) == .never)
    #expect(try store.minus(store.minus(union, low), high) == .never)
    #expect(store.or(low, high, growingBy: 0) == union)
  }

  @Test func `on variables keep the deepest diagram within half a megabyte of stack`() throws {
    let outcome = Mutex(Result<Void, any Error>?.none)
    let isDone = DispatchSemaphore(value: 0)
    let thread = Thread {
      let result = Result { try Self.walkDeepest() }
      outcome.withLock { $0 = result }
      isDone.signal()
    }
    thread.stackSize = 512 << 10
    thread.start()
    isDone.wait()
    try outcome.withLock { $0 }?.get()
  }

  /// Every recursive walk, over a diagram with a node on each of as many levels as there may be.
  private static func walkDeepest() throws {
    let count = DiagramLimits().variables
    let store = DiagramStore(domains: Array(repeating: 3, count: count))
    var chain = Diagram.always
    var other = Diagram.always
    for level in (0..<count).reversed() {
      chain = try store.and(try store.literal(level: level, cells: [1..<2]), chain)
      other = try store.and(try store.literal(level: level, cells: [0..<2]), other)
    }
    #expect(try store.and(chain, other) == chain)
    #expect(try store.minus(chain, other) == .never)
    #expect(try store.minus(other, chain) != .never)
    let costs = Array(repeating: CellCosts(preferred: 2, weight: 1), count: count)
    #expect(store.cheapest(in: chain, costs: costs)?.cells == Array(repeating: 1, count: count))
    let free = DiagramModel(cells: Array(repeating: -1, count: count))
    #expect(store.contains(chain, free))
    #expect(store.boxes(of: chain, limit: 2).count == 1)
    #expect(store.support(of: chain).count == count)
  }
}
