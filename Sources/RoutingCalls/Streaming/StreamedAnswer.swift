import HTTPUpstream
import OpenAIWire
import PolicyUnits

/// A streamed answer under way: its chunks as they come, the whole at the end; used by one task.
///
/// A class: it is large, and every function that waits for it would hold room for it in its frame.
final class StreamedAnswer {
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
  private let choices: Int

  /// `choices` is how many answers were asked for.
  ///
  /// Without its texts an answer is of a bounded size, however long it is.
  @inline(never)
  init(_ response: UpstreamResponse, choices: Int, keepsTexts: Bool = true) {
    self.choices = choices
    stream = ChatStream(keepsTexts: keepsTexts)
    counted = keepsTexts ? nil : AnswerTally()
    head = response.head
    body = response.body
  }

  /// The text of the first choice so far; empty where texts are not kept.
  var text: String { stream.text }
  /// All that has arrived.
  var soFar: ReadAnswer {
    ReadAnswer(response: stream.soFar, status: head.status, counted: counted)
  }

  /// Reads until there is something of substance, or the end; what was read comes with `next`.
  func untilSubstance() async throws(UpstreamFailure) {
    var read: [ChatChunk] = []
    while let chunks = try await next() {
      read += chunks
      if Self.haveSubstance(chunks) { break }
    }
    begin(with: read)
  }

  /// The chunks of the next piece that completes any; nil at the end, whatever it is.
  func next() async throws(UpstreamFailure) -> [ChatChunk]? {
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
  private static func haveSubstance(_ chunks: [ChatChunk]) -> Bool {
    chunks.contains(where: \.hasSubstance)
  }

  @inline(never)
  private func begin(with chunks: [ChatChunk]) {
    // What breaks in its first bytes is better followed by another call than begun.
    ready = stream.problem == nil ? chunks : []
    body.begin()
  }

  @inline(never)
  private func read(_ piece: [UInt8]) -> [ChatChunk] {
    let chunks = stream.feed(piece)
    for chunk in chunks { counted?.add(chunk) }
    // After a reason to have stopped and the figures nothing is missing but the mark of the end.
    if isComplete, stream.soFar.usage != nil { stream.close() }
    if stream.isDone || stream.problem != nil {
      end()
    } else if isComplete, timer == nil {
      timer = Self.timer(ending: body)
    }
    return chunks
  }

  private static func timer(ending body: UpstreamBody) -> Task<Void, any Error> {
    Task {
      try await Task.sleep(for: grace)
      body.cancel()
    }
  }

  /// The bytes have ended.
  @inline(never)
  private func last() -> [ChatChunk]? {
    end()
    guard let last = stream.flush() else { return nil }
    counted?.add(last)
    return [last]
  }

  private var isComplete: Bool { stream.isComplete(choices: choices) }

  private func piece() async throws(UpstreamFailure) -> [UInt8]? {
    guard !Task.isCancelled else { throw .cancelled }
    do throws(UpstreamFailure) {
      return try await body.next()
    } catch {
      try endure(error)
      return nil
    }
  }

  /// An answer that is complete does not fail by what comes after it.
  @inline(never)
  private func endure(_ failure: UpstreamFailure) throws(UpstreamFailure) {
    guard isComplete, !Task.isCancelled else { throw failure }
    stream.close()
  }

  private func end() {
    isOver = true
    timer?.cancel()
    if stream.problem == nil { body.drain() } else { body.cancel() }
  }

  /// Closes the connection: nobody wants the rest.
  func cancel() {
    timer?.cancel()
    body.cancel()
  }

  /// The whole answer after the last chunk, and the chunks of one that did not come in events.
  func finish() throws(ProviderFailure) -> (answer: ReadAnswer, chunks: [ChatChunk]) {
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
