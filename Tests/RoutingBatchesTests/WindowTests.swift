import RoutingTestSupport
import Testing

@testable import RoutingBatches

@Suite struct `Windows` {
  private typealias Window = BatchWindow<String, Int>

  @Test func `a window is sent when it is full, or when its time is up, never twice`() {
    var window = Window()
    guard case .opened(let first) = window.join(1, 1, of: "a", upTo: 3) else {
      Issue.record("it opens")
      return
    }
    guard case .opened = window.join(2, 2, of: "b", upTo: 3) else {
      Issue.record("another kind opens its own")
      return
    }
    guard case .waits = window.join(3, 3, of: "a", upTo: 3) else {
      Issue.record("it waits")
      return
    }
    guard case .full(let members) = window.join(4, 4, of: "a", upTo: 3) else {
      Issue.record("it is full")
      return
    }
    #expect(members.map(\.item) == [1, 3, 4])
    let late = window.due(first)
    #expect(late == nil)
    guard case .opened(let next) = window.join(5, 5, of: "a", upTo: 3) else {
      Issue.record("the next opens")
      return
    }
    let stale = window.due(first)
    #expect(stale == nil, "an old timer does not end the next window")
    let due = window.due(next)
    #expect(due?.map(\.item) == [5])
    let left = window.drain()
    #expect(left.map { $0.map(\.item) } == [[2]])
    #expect(window.isEmpty)
  }

  @Test func `who leaves is not sent, and the last to leave takes the window along`() {
    var window = Window()
    guard case .opened(let opened) = window.join(1, 1, of: "a", upTo: 9) else { return }
    _ = window.join(2, 2, of: "a", upTo: 9)
    let first = window.leave(1)
    let again = window.leave(1)
    let last = window.leave(2)
    #expect(first && !again && last)
    #expect(window.isEmpty)
    let due = window.due(opened)
    #expect(due == nil)
  }

  @Test func `whatever happens, each that joined is sent once or has left`() {
    let seed: UInt64 = 77
    var random = SplitMix(state: seed)
    for _ in 0..<200 {
      var window = Window()
      var timers: [Window.Window] = []
      var sent: [Int] = []
      var left: [Int] = []
      let count = Int.random(in: 1...60, using: &random)
      for item in 0..<count {
        let kind = ["a", "b", "c"][Int.random(in: 0..<3, using: &random)]
        switch window.join(item, UInt64(item), of: kind, upTo: 4) {
        case .opened(let timer): timers.append(timer)
        case .waits: break
        case .full(let members):
          #expect(members.count == 4)
          sent += members.map(\.item)
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
          let goes = Int.random(in: 0...item, using: &random)
          if window.leave(UInt64(goes)) { left.append(goes) }
        }
        if Int.random(in: 0..<5, using: &random) == 0,
          let timer = timers.randomElement(using: &random)
        {
          sent += window.due(timer)?.map(\.item) ?? []
        }
      }
      sent += window.drain().flatMap { $0.map(\.item) }
      #expect((sent + left).sorted() == Array(0..<count), "seed \(seed)")
    }
    print("200 runs of windows, seed \(seed)")
  }
}
