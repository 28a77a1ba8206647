import Foundation
import RoutingTestSupport

/// What every promise is tried with.
struct Trial {
  let programs: Programs
  let seed: UInt64
  /// Of the counts that are promised, in millionths.
  let share: Int
  let keeps: Bool
  let progress: ProgressLine

  /// So much of a count, at least one.
  func count(_ whole: Int, atLeast least: Int = 1) -> Int {
    max(min(least, whole), whole * share / 1_000_000)
  }

  /// Random numbers of one trial, the same for the same seed.
  func random(_ salt: String) -> SplitMix {
    SplitMix(state: salt.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }

  func workplace(_ name: String) throws -> Workplace {
    let place = try Workplace(name)
    place.isKept = keeps
    return place
  }
}

/// Says on a terminal how far a trial has come.
final class ProgressLine {
  private let isShown: Bool
  private var last = ContinuousClock.now

  init(isShown: Bool) { self.isShown = isShown }

  func show(_ text: @autoclosure () -> String) {
    guard isShown, ContinuousClock.now - last > .milliseconds(200) else { return }
    last = .now
    write("\r\u{1B}[K\(text())")
  }

  func clear() { if isShown { write("\r\u{1B}[K") } }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
