/// Who is in, who waits and in which order: a value, told the time.
///
/// Times count from any beginning, and never go back.
struct Turnstile: Sendable {
  let limits: AdmissionLimits
  private(set) var inFlight = 0
  private(set) var bytes = 0
  /// In the order they came, by ticket; those that left the queue early are only in `waiting` no more.
  private var line: ArraySlice<Int> = []
  private var waiting: Set<Int> = []
  private var nextTicket = 0
  /// How long visits take, an average over about the last sixteen.
  private var visit = Duration.seconds(1)

  init(_ limits: AdmissionLimits) {
    self.limits = limits
  }

  var queued: Int { waiting.count }

  enum Arrival: Hashable, Sendable {
    case admitted
    /// Until it is called or the longest wait is over.
    case queued(ticket: Int)
    case refused(Overload)
  }

  mutating func arrive() -> Arrival {
    if inFlight < limits.inFlight, waiting.isEmpty {
      inFlight += 1
      return .admitted
    }
    guard limits.longestWait > .zero, waiting.count < limits.queued else {
      return .refused(overload(.queueFull))
    }
    nextTicket += 1
    waiting.insert(nextTicket)
    line.append(nextTicket)
    return .queued(ticket: nextTicket)
  }

  /// One visit ended after `stay`; the ticket whose turn it is now, if anybody waits.
  mutating func leave(after stay: Duration) -> Int? {
    precondition(inFlight > 0, "nobody is in")
    visit += (max(.zero, stay) - visit) / 16
    while let ticket = line.popFirst() {
      if waiting.remove(ticket) != nil { return ticket }
    }
    inFlight -= 1
    return nil
  }

  /// It waits no longer, having run out of time or of interest; nil if it was called meanwhile.
  mutating func giveUp(_ ticket: Int) -> Overload? {
    guard waiting.remove(ticket) != nil else { return nil }
    if waiting.isEmpty { line = [] }
    // Those that gave up are gone from the line before they are as many as may wait.
    if line.count > 2 * limits.queued { line = ArraySlice(line.filter(waiting.contains)) }
    return overload(.waitedTooLong)
  }

  mutating func hold(_ more: Int) throws(Overload) {
    let (sum, isOver) = bytes.addingReportingOverflow(max(0, more))
    guard !isOver, sum <= limits.bodyBytes else { throw overload(.bodies) }
    bytes = sum
  }

  mutating func release(_ held: Int) {
    precondition(held >= 0 && held <= bytes, "more is given back than was held")
    bytes -= held
  }

  /// When a place should be free for one more behind those that wait: between 1 and 30 seconds.
  private func overload(_ reason: Overload.Reason) -> Overload {
    let ahead = visit * (waiting.count + 1) / limits.inFlight
    let seconds = ahead.components.seconds + (ahead.components.attoseconds > 0 ? 1 : 0)
    return Overload(reason: reason, retryAfter: Int(min(30, max(1, seconds))))
  }
}
