import HTTPUpstream
import OpenAIWire
import PolicyUnits

/// A streamed answer under way: its chunks as they come, the whole at the end.
struct StreamedAnswer: Sendable {
  /// How long figures are waited for, and the end, once an answer has said why it stopped.
  private static let grace = Duration.seconds(2)

  private let head: UpstreamHead
  private let body: UpstreamBody
  private var stream: ChatStream
  /// What has come, where the stream does not keep it.
  private var counted: AnswerTally?
  private var ready: [ChatChunk] = []
  private var isOver = false
  private var timer: Task<Void, any Error>?
  private let silence: SilenceWatch
  private let choices: Int

  /// `silence` is how long it may be silent once it has begun to say something, `choices` how many
  /// answers were asked for.
  ///
  /// Without its texts an answer is of a bounded size, however long it is.
  @inline(never)
  init(_ response: UpstreamResponse, silence: Duration, choices: Int, keepsTexts: Bool = true) {
    self.choices = choices
    stream = ChatStream(keepsTexts: keepsTexts)
    counted = keepsTexts ? nil : AnswerTally()
    head = response.head
    body = response.body
    self.silence = SilenceWatch(limit: silence)
  }

  /// The text of the first choice so far; empty where texts are not kept.
  var text: String { stream.text }
  /// All that has arrived.
  var soFar: ReadAnswer {
    ReadAnswer(response: stream.soFar, status: head.status, counted: counted)
  }

  /// Reads until there is something of substance, or the end; what was read comes with `next`.
  mutating func untilSubstance() async throws(UpstreamFailure) {
    var read: [ChatChunk] = []
    while let chunks = try await next() {
      read += chunks
      if chunks.contains(where: \.hasSubstance) { break }
    }
    // What breaks in its first bytes is better followed by another call than begun.
    ready = stream.problem == nil ? read : []
    if !isOver { silence.start(body) }
  }

  /// The chunks of the next piece that completes any; nil at the end, whatever it is.
  mutating func next() async throws(UpstreamFailure) -> [ChatChunk]? {
    if !ready.isEmpty {
      defer { ready = [] }
      return ready
    }
    while !isOver {
      guard let piece = try await piece() else { return last() }
      let chunks = read(piece)
      if !chunks.isEmpty { return chunks }
    }
    return nil
  }

  // Functions of their own, so that nothing that waits holds what they need.

  @inline(never)
  private mutating func read(_ piece: [UInt8]) -> [ChatChunk] {
    let chunks = stream.feed(piece)
    for chunk in chunks { counted?.add(chunk) }
    // After a reason to have stopped and the figures nothing is missing but the mark of the end.
    if isComplete, stream.soFar.usage != nil { stream.close() }
    if stream.isDone || stream.problem != nil {
      end()
    } else if isComplete, timer == nil {
      timer = Task { [body] in
        try await Task.sleep(for: Self.grace)
        body.cancel()
      }
    }
    return chunks
  }

  /// The bytes have ended.
  @inline(never)
  private mutating func last() -> [ChatChunk]? {
    end()
    guard let last = stream.flush() else { return nil }
    counted?.add(last)
    return [last]
  }

  private var isComplete: Bool { stream.isComplete(choices: choices) }

  private mutating func piece() async throws(UpstreamFailure) -> [UInt8]? {
    guard !Task.isCancelled else { throw .cancelled }
    silence.waits()
    defer { silence.goesOn() }
    do throws(UpstreamFailure) {
      return try await body.next()
    } catch {
      // An answer that is complete does not fail by what comes after it.
      guard isComplete, !Task.isCancelled else {
        throw silence.isExpired && !Task.isCancelled ? .silenceTimeout(after: silence.limit) : error
      }
      stream.close()
      return nil
    }
  }

  private mutating func end() {
    isOver = true
    timer?.cancel()
    silence.stop()
    if stream.problem == nil { body.drain() } else { body.cancel() }
  }

  /// Closes the connection: nobody wants the rest.
  func cancel() {
    timer?.cancel()
    silence.stop()
    body.cancel()
  }

  /// The whole answer after the last chunk, and the chunks of one that did not come in events.
  mutating func finish() throws(ProviderFailure) -> (answer: ReadAnswer, chunks: [ChatChunk]) {
    let answer = ProviderAnswer(head, body: [])
    let response: ChatResponse
    do throws(WireProblem) {
      response = try stream.finish()
    } catch {
      throw answer.failure(error)
    }
    let accepted = try answer.accept(response)
    // One that did not come in events has its texts in it.
    let whole = ReadAnswer(
      response: accepted, status: head.status, counted: stream.hasEvents ? counted : nil)
    return (whole, stream.hasEvents ? [] : response.chunks)
  }
}
