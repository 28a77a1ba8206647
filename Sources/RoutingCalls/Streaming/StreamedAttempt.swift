import HTTPUpstream
import OpenAIWire
import PolicyUnits
import RoutingRuntime

/// One call whose answer is streamed: to its caller, or only from its provider; used by one task.
///
/// An object: what an open stream needs is kept once, not in the frame of each function that waits.
final class StreamedAttempt {
  private let call: StreamedCall
  private let reader: CallReader
  /// Nil for a caller who waits for the whole answer.
  private let delivery: AnswerDelivery?
  private var gates: EarlyGates
  private var stop: EarlyStop

  private var answer: StreamedAnswer?
  private var firstContent: Milliseconds?

  init(_ call: StreamedCall, reader: CallReader, _ listener: AnswerListener) {
    self.call = call
    self.reader = reader
    delivery = listener.delivery
    gates = EarlyGates(listener.step, of: listener.rules, listener.soFar)
    stop = EarlyStop(listener.stop)
  }

  func reading() async -> CallReading {
    let clock = ContinuousClock()
    let start = clock.now
    let reading: CallReading
    do {
      answer = try await call.open()
      firstContent = Milliseconds(since: start, clock)
      reading = try await rest(start, clock)
    } catch let failure as ProviderFailure {
      reading = reader.failed(failure, latency: Milliseconds(since: start, clock))
    } catch let failure as UpstreamFailure where failure != .cancelled {
      reading = reader.failed(failure, latency: Milliseconds(since: start, clock))
    } catch {
      // The task was cancelled, or the sink has nobody to send to.
      answer?.cancel()
      reading = reader.abandoned(
        answer?.soFar, latency: Milliseconds(since: start, clock))
    }
    reading.record.firstByte = firstContent
    if delivery?.hasBegun == true { reading.tellFirstByte() }
    return reading
  }

  /// Reads to the end, or until nobody needs more.
  private func rest(
    _ start: ContinuousClock.Instant, _ clock: ContinuousClock
  ) async throws -> CallReading {
    while let chunks = try await answer?.next() {
      if let last = stop.end(in: chunks) {
        answer?.cancel()
        try await delivery?.take(last)
        return cut(.stopped, start, clock)
      }
      try await delivery?.take(chunks.beforeFilter)
      guard let delivery, !delivery.hasBegun, let text = answer?.settledText else { continue }
      switch gates.word(on: text) {
      case nil: continue
      case .accepted: try await delivery.begin(.early)
      case .rejected:
        answer?.cancel()
        return cut(.rejected, start, clock)
      }
    }
    guard let (whole, chunks) = try answer?.finish() else { throw UpstreamFailure.cancelled }
    try await delivery?.take(chunks)
    return reader.answered(
      whole.response, status: whole.status, latency: Milliseconds(since: start, clock))
  }

  /// We have ended the answer ourselves.
  private func cut(
    _ reason: EarlyEnd, _ start: ContinuousClock.Instant, _ clock: ContinuousClock
  ) -> CallReading {
    let soFar = answer?.soFar ?? ChatResponse(choices: [])
    return reader.cut(
      reason == .stopped ? stop.cut(soFar) : soFar, reason, status: answer?.status,
      latency: Milliseconds(since: start, clock))
  }
}

extension CallReading {
  /// Bytes of the answer have gone out: nothing else may be tried.
  fileprivate func tellFirstByte() {
    guard case .failed(var fault) = event else { return }
    fault.afterFirstByte = true
    event = .failed(fault)
  }
}

extension [ChatChunk] {
  /// Without the chunk in which the provider's filter stops the answer, and what follows: a failure
  /// has no proper end.
  fileprivate var beforeFilter: ArraySlice<ChatChunk> {
    prefix { !$0.choices.contains { $0.index == 0 && $0.finish == .contentFilter } }
  }
}

extension StreamedAnswer {
  /// The text that gates look at, as far as it is known; nil while it is not known which that is.
  ///
  /// An answer without text is looked at by its refusal, so nothing is certain before the text.
  fileprivate var settledText: String? {
    let text = text
    return text.isEmpty ? nil : text
  }
}
