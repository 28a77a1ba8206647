import Foundation
import JSONReading
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import Synchronization

@testable import RoutingCache

/// What the tests of this chapter make their cases of.
enum Samples {
  static func input() throws -> RequestInput {
    guard let date = CalendarDate(year: 2026, month: 11, day: 20) else {
      throw CocoaError(.coderInvalidValue)
    }
    return RequestInput(moment: LocalMoment(date: date, weekday: .friday, hour: 12))
  }

  static func partition(_ tenant: String) throws -> CachePartition {
    var input = try input()
    input.tenant = tenant
    return CachePartition(.per(.tenant), of: input)
  }

  static func key(_ name: String, tenant: String = "acme") throws -> CacheKey {
    CacheKey(partition: try partition(tenant), digest: CacheDigest(of: Array(name.utf8)))
  }

  static func id(_ number: UInt64) -> RequestID {
    RequestID(high: 0x019A_0000_0000_0000, low: number)
  }

  /// Says its own name, so that an answer to another key is seen.
  static func answer(
    _ name: String, number: UInt64 = 1, route: String = "faq", tenant: String? = "acme",
    model: String = "small", bytes: Int = 0, stored: Int64 = 0, lasting: Int64 = 60_000
  ) -> CachedAnswer {
    let filler = String(repeating: "x", count: bytes)
    return CachedAnswer(
      body: Array(#"{"choices":[{"message":{"content":"\#(name)"}}],"filler":"\#(filler)"}"#.utf8),
      origin: CachedAnswer.Origin(
        request: id(number), route: route, tenant: tenant, model: model, cost: Money(nanos: 1234),
        currency: "USD",
        tokens: CachedAnswer.Tokens(input: 10, cachedInput: 0, output: 5)),
      stored: Timestamp(milliseconds: stored), expiry: Timestamp(milliseconds: stored + lasting))
  }

  /// Runs a test in a folder of its own.
  static func inFolder(_ test: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "rung-cache-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await test(folder)
  }
}

/// A clock that stands still until it is moved.
final class StandingClock: Sendable {
  private let milliseconds = Mutex<Int64>(0)

  var now: Timestamp { Timestamp(milliseconds: milliseconds.withLock { $0 }) }

  func pass(_ span: Int64) { milliseconds.withLock { $0 += span } }
}

/// What a cache said while it was at work.
final class Notices: Sendable {
  private let kept = Mutex<[CacheNotice]>([])

  var all: [CacheNotice] { kept.withLock { $0 } }

  var report: @Sendable (CacheNotice) -> Void {
    { notice in self.kept.withLock { $0.append(notice) } }
  }
}

extension AnswerStore {
  convenience init(
    _ folder: URL, _ clock: StandingClock, limits: CacheLimits = CacheLimits(),
    notices: Notices = Notices()
  ) throws {
    try self.init(
      path: folder.appending(path: "test.cache").path, limits: limits, clock: { clock.now },
      report: notices.report)
  }
}

/// A value that tasks of a test change together.
final class Held<Value: Sendable>: Sendable {
  private let value: Mutex<Value>

  init(_ value: Value) { self.value = Mutex(value) }

  func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    value.withLock { value in body(&value) }
  }
}
