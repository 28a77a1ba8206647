internal import CRE2

/// RE2 patterns answered in one pass; the only door to the C wall.
///
/// Frozen when it is made, so any number of threads may match at once: RE2 locks what it caches.
@safe
final class RegexSet: Sendable {
  /// Freed by `deinit` and by nobody else.
  private nonisolated(unsafe) let raw: OpaquePointer
  let count: Int
  /// RE2's measure of all patterns together.
  private let programSteps: Int
  private let jointWork: Int

  /// Patterns with the index each answers.
  ///
  /// Throws the first problem with the index of its pattern.
  init(
    _ patterns: [(pattern: Int, text: String)], limits: PatternLimits
  ) throws(PatternError) {
    guard let raw = unsafe cre2_set_make(Int64(limits.regexMemory)) else {
      throw PatternError(index: patterns.first?.pattern ?? 0, problem: .outOfMemory)
    }
    do throws(PatternError) {
      programSteps = try unsafe Self.fill(raw, patterns, limits)
    } catch {
      unsafe cre2_set_free(raw)
      throw error
    }
    unsafe self.raw = raw
    count = patterns.count
    jointWork = limits.jointRegexWork
  }

  deinit { unsafe cre2_set_free(raw) }

  /// Sets the flag of every pattern found in the text; `found` holds one byte for each.
  ///
  /// All patterns together take one pass, which is the fast way unless pattern and text are made to
  /// be slow: then RE2 makes a new state of its joint automaton at every byte, each as costly as
  /// all programs are long, and never gives up. Where that could take too long, each pattern takes
  /// a pass of its own: alone RE2 notices and changes to a simulation.
  func match(
    _ text: TextBytes, into found: inout [UInt8]
  ) throws(ScanFailure) {
    guard found.count >= count else { throw .outOfMemory }
    let result = unsafe found.withUnsafeMutableBufferPointer { found in
      unsafe cre2_set_match(
        raw, text.buffer.baseAddress, text.count, isJoint(text.count) ? 1 : 0, found.baseAddress)
    }
    guard Int(result) == CRE2_OK else { throw .outOfMemory }
  }

  /// Whether a text is short enough for the joint pass.
  private func isJoint(_ bytes: Int) -> Bool {
    let (work, overflow) = bytes.multipliedReportingOverflow(by: programSteps)
    return !overflow && work <= jointWork
  }

  /// The leftmost match of one pattern.
  func firstMatch(of index: Int, in text: TextBytes) throws(ScanFailure)
    -> Range<Int>?
  {
    var start = 0
    var end = 0
    switch unsafe cre2_set_find(raw, index, text.buffer.baseAddress, text.count, &start, &end) {
    case 1: return start..<end
    case 0: return nil
    default: throw .outOfMemory
    }
  }

  /// Adds and freezes; returns the steps of all programs.
  private static func fill(
    _ raw: OpaquePointer, _ patterns: [(pattern: Int, text: String)], _ limits: PatternLimits
  ) throws(PatternError) -> Int {
    var total = 0
    for (offset, (pattern, text)) in patterns.enumerated() {
      if let problem = unsafe add(text, to: raw, limits) {
        throw PatternError(index: pattern, problem: problem)
      }
      let steps = unsafe Int(cre2_set_program_size(raw, offset))
      if steps > limits.programSteps {
        throw PatternError(
          index: pattern, problem: .programTooLarge(steps: steps, limit: limits.programSteps))
      }
      total += steps
      if total > limits.totalProgramSteps {
        throw PatternError(
          index: pattern,
          problem: .programsTooLarge(steps: total, limit: limits.totalProgramSteps))
      }
    }
    if unsafe Int(cre2_set_freeze(raw)) != CRE2_OK {
      throw PatternError(
        index: patterns.last?.pattern ?? 0,
        problem: .programsTooLarge(steps: total, limit: limits.totalProgramSteps))
    }
    return total
  }

  private static func add(
    _ text: String, to raw: OpaquePointer, _ limits: PatternLimits
  ) -> PatternProblem? {
    var refusal = cre2_problem()
    var text = text
    let result = text.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
        unsafe cre2_set_add(raw, bytes.baseAddress, bytes.count, &refusal)
      }
    }
    switch Int(result) {
    case CRE2_OK: return nil
    case CRE2_TOO_LARGE:
      return .programTooLarge(steps: nil, limit: limits.programSteps)
    case CRE2_BAD_PATTERN:
      return RegexRefusal(refusal).problem(in: text)
    default: return .outOfMemory
    }
  }
}
