import Foundation
import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import RoutingLedger

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A process that writes rows and is killed at a random moment, many times over on one ledger.
///
/// It says each reservation and each row in a file of its own once it was told that they are kept.
/// What one life left open, later ones see expire.
@Suite struct `A writer that is killed` {
  private static let rounds = 8
  /// From one life to the next, by the ledger's clock; a reservation lasts six of them.
  private static let step: Int64 = 10_000

  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private static func time(ofRound round: Int) -> Timestamp {
    Timestamp(milliseconds: Samples.noon.milliseconds + Int64(round) * step)
  }

  @Test(arguments: LedgerMode.allCases)
  func `loses no row it was told of, and leaves nothing reserved for good`(
    mode: LedgerMode
  ) async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    let (path, isDurable) = (folder.ledger, mode == .durable)
    let said = folder.url.appending(path: "said").path
    for round in 0..<Self.rounds {
      let patience = UInt32.random(in: 1...250_000, using: &random)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [
          path = path as String, said = said as String, isDurable = isDurable as Bool,
          round = round as Int, patience = patience as UInt32
        ] in
        try await Self.writeAndDie(
          path, isDurable ? .durable : .crashSafe, round: round, after: patience, saying: said)
      }
      try Self.expectKept(said, in: path, "seed \(seed), round \(round)")
    }
    let told = Self.read(said)
    SharedData.say(
      "seed \(seed): \(Self.rounds) writers killed, \(told.rows.count) rows and "
        + "\(told.open.count) reservations told")
    #expect(told.rows.count > Self.rounds, "seed \(seed): a blind test")
    try await Self.expectSettled(path, told, "seed \(seed)")
  }

  // MARK: The life

  private static func writeAndDie(
    _ path: String, _ mode: LedgerMode, round: Int, after patience: UInt32, saying said: String
  ) async throws {
    let time = time(ofRound: round)
    let ledger = try Ledger.open(path: path, mode: mode, clock: { time })
    let log = try Said(said)
    Thread {
      usleep(patience)
      kill(getpid(), SIGKILL)
    }.start()
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<8 as Range<UInt64> {
        group.addTask {
          var number = UInt64(round) * 8_000_000 + worker * 1_000_000
          while true {
            number += 1
            try? await serve(number, at: time, ledger, log)
          }
        }
      }
    }
  }

  /// One request in nine ends without a word; a row is now and then larger than one write, or than
  /// SQLite's cache.
  private static func serve(
    _ number: UInt64, at time: Timestamp, _ ledger: Ledger, _ log: Said
  ) async throws {
    let reservation = Samples.reservation(
      number, cap: .max / 2, at: time, lasting: 6 * step)
    guard try await ledger.reserve(reservation, first: Samples.first()) == .granted else { return }
    log.say("open", number)
    if number % 9 == 0 { return }
    var entry = Samples.entry(number, at: time)
    let size = number % 100 == 7 ? 4_000_000 : number % 20 == 3 ? 300_000 : 10
    entry.facts = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: size)
    _ = try await ledger.append(entry, settling: Settlement(used: [60], time: time))
    log.say("row", number)
  }

  // MARK: What it left

  private static func expectKept(_ said: String, in path: String, _ words: String) throws {
    let findings = try LedgerVerifier(path: path).verify().findings
    #expect(findings.filter { !$0.isHarmless } == [], "\(words)")
    #expect(!findings.contains { if case .knownLoss = $0 { true } else { false } }, "\(words)")
    let told = read(said)
    let reader = try LedgerReader(path: path)
    var rows: [RequestID] = []
    try reader.forEach {
      rows.append($0.entry.id)
      return true
    }
    let kept = Set(rows)
    #expect(kept.count == rows.count, "\(words): a row is doubled")
    #expect(kept.isSuperset(of: told.rows), "\(words): a row is lost")
    let open = Set(try reader.openRequests().map(\.reservation.id))
    #expect(kept.isDisjoint(with: open), "\(words): a request is over and open")
    #expect(kept.union(open).isSuperset(of: told.open), "\(words): a reservation is forgotten")
  }

  /// Once all have expired, none is open, and each is a row counted at what it may have used.
  private static func expectSettled(
    _ path: String, _ told: (open: Set<RequestID>, rows: Set<RequestID>), _ words: String
  ) async throws {
    let time = time(ofRound: rounds + 7)
    let ledger = try Ledger.open(path: path, clock: { time })
    let reader = try LedgerReader(path: path)
    let deadline = ContinuousClock.now + .seconds(5)
    while try !reader.openRequests().isEmpty, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try reader.openRequests().isEmpty, "\(words): a reservation is stuck")
    var used: Int64 = 0
    var ended = Set<RequestID>()
    try reader.forEach { row in
      let isLost = row.entry.status == .lost
      #expect(row.entry.charges.map(\.amount) == [isLost ? 100 : 60], "\(words)")
      #expect(!isLost || !told.rows.contains(row.entry.id), "\(words): a told row is lost")
      used += row.entry.charges.reduce(0) { $0 + $1.amount }
      ended.insert(row.entry.id)
      return true
    }
    #expect(ended.isSuperset(of: told.open), "\(words)")
    #expect(try await ledger.used([Samples.key()], at: time) == [used], "\(words)")
    await ledger.close()
    #expect(try LedgerVerifier(path: path).verify().findings == [], "\(words)")
  }

  private static func read(_ said: String) -> (open: Set<RequestID>, rows: Set<RequestID>) {
    var told: (open: Set<RequestID>, rows: Set<RequestID>) = ([], [])
    let bytes = FileManager.default.contents(atPath: said) ?? Data()
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2, let number = UInt64(parts[1]) else { continue }
      if parts[0] == "row" { told.rows.insert(Samples.id(number)) }
      if parts[0] == "open" { told.open.insert(Samples.id(number)) }
    }
    return told
  }
}

/// Lines at the end of a file, each in one write: what was said before a kill stays said.
private final class Said: Sendable {
  private let descriptor: Int32

  init(_ path: String) throws {
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    try #require(descriptor >= 0)
  }

  func say(_ word: String, _ number: UInt64) {
    let line = Array("\(word) \(number)\n".utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
  }
}
