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
  private var began = ContinuousClock.now

  init(_ call: StreamedCall, reader: CallReader, _ listener: AnswerListener) {
    self.call = call
    self.reader = reader
    delivery = listener.delivery
    gates = EarlyGates(listener.step, of: listener.rules, listener.soFar)
    stop = EarlyStop(listener.stop)
  }

  /// Waits only in functions that hold next to nothing: their frames are there for as long as the stream.
  func reading() async -> CallReading {
    began = .now
    do {
      try await open()
      return told(try await rest())
    } catch {
      return told(failed(error))
    }
  }

  @inline(never)
  private func open() async throws {
    answer = try await call.open()
    firstContent = latency
  }

  private var latency: Milliseconds { Milliseconds(since: began, ContinuousClock()) }

  @inline(never)
  private func failed(_ error: any Error) -> CallReading {
    switch error {
    case let failure as ProviderFailure: return reader.failed(failure, latency: latency)
    case let failure as UpstreamFailure where failure != .cancelled:
      return reader.failed(failure, latency: latency)
    default:
      // The task was cancelled, or the sink has nobody to send to.
      answer?.cancel()
      return reader.abandoned(answer?.soFar, latency: latency)
    }
  }

  private func told(_ reading: CallReading) -> CallReading {
    reading.record.firstByte = firstContent
    if delivery?.hasBegun == true { reading.tellFirstByte() }
    return reading
  }

  /// Reads to the end, or until nobody needs more.
  private func rest() async throws -> CallReading {
    while let chunks = try await answer?.next() {
      let end = try take(chunks)
      try await delivery?.room()
      if let end { return cut(end) }
    }
    return try finished()
  }

  @inline(never)
  private func finished() throws -> CallReading {
    guard let (whole, chunks) = try answer?.finish() else { throw UpstreamFailure.cancelled }
    try delivery?.take(chunks)
    return reader.answered(whole, latency: latency)
  }

  /// Gives them on, and asks what may end the answer here; nil while it goes on.
  @inline(never)
  private func take(_ chunks: [ChatChunk]) throws(CallerGone) -> EarlyEnd? {
    if let last = stop.end(in: chunks) {
      answer?.cancel()
      try delivery?.take(last)
      return .stopped
    }
    try delivery?.take(chunks.beforeFilter)
    guard let delivery, !delivery.hasBegun, let text = answer?.settledText else { return nil }
    switch gates.word(on: text) {
    case nil: return nil
    case .accepted:
      try delivery.begin(.early)
      return nil
    case .rejected:
      answer?.cancel()
      return .rejected
    }
  }

  /// We have ended the answer ourselves.
  @inline(never)
  private func cut(_ reason: EarlyEnd) -> CallReading {
    let soFar = answer?.soFar ?? ReadAnswer(response: ChatResponse(choices: []), status: 200)
    return reader.cut(reason == .stopped ? stop.cut(soFar) : soFar, reason, latency: latency)
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
