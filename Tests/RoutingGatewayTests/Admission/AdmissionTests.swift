import Synchronization
import Testing

@testable import RoutingGateway

@Suite struct `Waiting for a place` {
  /// Sleeps end when the test says so, or when they are cancelled.
  final class Alarms: Sendable {
    private let sleepers = Mutex<[Int: CheckedContinuation<Void, Never>]>([:])
    private let next = Atomic<Int>(0)

    func sleep(_: Duration) async {
      let id = next.wrappingAdd(1, ordering: .relaxed).newValue
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          if Task.isCancelled { return continuation.resume() }
          sleepers.withLock { $0[id] = continuation }
          if Task.isCancelled { wake(id) }
        }
      } onCancel: {
        wake(id)
      }
    }

    func ring() {
      for id in sleepers.withLock({ Array($0.keys) }) { wake(id) }
    }

    var count: Int { sleepers.withLock { $0.count } }

    private func wake(_ id: Int) {
      sleepers.withLock { $0.removeValue(forKey: id) }?.resume()
    }
  }

  /// How many are inside, and were at most.
  final class Inside: Sendable {
    private let count = Mutex((now: 0, most: 0))

    var most: Int { count.withLock { $0.most } }

    func add(_ more: Int) {
      count.withLock {
        $0.now += more
        $0.most = max($0.most, $0.now)
      }
    }
  }

  let alarms = Alarms()
  let admission: Admission

  init() {
    let alarms = alarms
    admission = Admission(
      AdmissionLimits(inFlight: 1, queued: 2, bodyBytes: 10), now: { .zero },
      sleep: { await alarms.sleep($0) })
  }

  /// Until somebody waits or is gone, at most ten seconds.
  private func settle(queued: Int, alarms count: Int) async throws {
    for _ in 0..<10_000 {
      if admission.figures.queued == queued, alarms.count == count { return }
      try await Task.sleep(for: .milliseconds(1))
    }
    Issue.record("\(admission.figures), \(alarms.count) alarms")
  }

  private func arrive(_ visit: Visit) -> Task<Overload.Reason?, Never> {
    Task {
      do throws(Overload) {
        try await visit.admit()
        return nil
      } catch {
        return error.reason
      }
    }
  }

  @Test func `who waits gets the place of who leaves`() async throws {
    let first = admission.visit()
    try await first.admit()
    let second = admission.visit()
    let waiting = arrive(second)
    try await settle(queued: 1, alarms: 1)
    first.leave()
    first.leave()
    #expect(await waiting.value == nil)
    #expect(admission.figures == .init(inFlight: 1, queued: 0, bodyBytes: 0))
    second.leave()
    #expect(admission.figures == .init(inFlight: 0, queued: 0, bodyBytes: 0))
  }

  @Test func `who waited too long is refused, and a full line refuses at once`() async throws {
    let first = admission.visit()
    try await first.admit()
    let waiting = [arrive(admission.visit()), arrive(admission.visit())]
    try await settle(queued: 2, alarms: 2)
    #expect(await arrive(admission.visit()).value == .queueFull)
    alarms.ring()
    for task in waiting { #expect(await task.value == .waitedTooLong) }
    first.leave()
    #expect(admission.figures.inFlight == 0)
  }

  @Test func `who is cancelled while waiting leaves the line`() async throws {
    let first = admission.visit()
    try await first.admit()
    let waiting = arrive(admission.visit())
    try await settle(queued: 1, alarms: 1)
    waiting.cancel()
    #expect(await waiting.value == .waitedTooLong)
    #expect(admission.figures.queued == 0)
    first.leave()
    #expect(admission.figures.inFlight == 0)
  }

  @Test func `bytes are held by the visit and given back with it`() async throws {
    let first = admission.visit()
    try first.hold(6)
    try first.hold(4)
    let second = admission.visit()
    #expect(throws: Overload.self) { try second.hold(1) }
    first.leave()
    try second.hold(10)
    second.leave()
    #expect(admission.figures.bodyBytes == 0)
    try second.hold(10)
    #expect(admission.figures.bodyBytes == 0)
  }

  @Test func `a visit nobody knows any more gives its place back`() async throws {
    try await admission.visit().admit()
    try admission.visit().hold(10)
    #expect(admission.figures == .init(inFlight: 0, queued: 0, bodyBytes: 0))
  }

  @Test func `a thousand at once never are more inside than may, and all get an answer`()
    async throws
  {
    let admission = Admission(AdmissionLimits(inFlight: 8, queued: 100, longestWait: .seconds(60)))
    let inside = Inside()
    var served = 0
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<1_000 {
        group.addTask {
          let visit = admission.visit()
          defer { visit.leave() }
          do throws(Overload) { try await visit.admit() } catch { return false }
          inside.add(1)
          await Task.yield()
          inside.add(-1)
          return true
        }
      }
      for await isServed in group where isServed { served += 1 }
    }
    #expect(inside.most <= 8)
    #expect(served >= 8)
    print("\(served) of 1,000 were served, at most \(inside.most) at once")
    #expect(admission.figures == .init(inFlight: 0, queued: 0, bodyBytes: 0))
  }
}
