import Synchronization

/// Plays one client's session over a stream of bytes.
///
/// One loop takes the messages in the order they come; nothing that changes what the server knows
/// runs anywhere else. Work that only reads runs beside it, and its results come back into the loop
/// like messages do.
package struct LanguageServer: Sendable {
  /// How many pieces of input may go by before changed policies are read, if more always wait.
  private static let mostPassed = 16

  private let world: EditorWorld
  private let send: @Sendable ([UInt8]) -> Void
  private let log: @Sendable (String) -> Void
  private let rest: @Sendable (Duration) async throws -> Void
  private let threads: WorkThreads

  /// - Parameters:
  ///   - world: the disk, and how a policy is read.
  ///   - send: writes to the client, in order.
  ///   - log: a line for people, which must not reach the client's stream.
  ///   - rest: waits; throws if the task is cancelled meanwhile.
  ///   - threads: where work runs that would keep the loop from its next message.
  package init(
    world: EditorWorld, send: @escaping @Sendable ([UInt8]) -> Void,
    log: @escaping @Sendable (String) -> Void,
    rest: @escaping @Sendable (Duration) async throws -> Void, threads: WorkThreads
  ) {
    self.world = world
    self.send = send
    self.log = log
    self.rest = rest
    self.threads = threads
  }

  /// Runs until the client says `exit` or the input ends.
  ///
  /// - Parameter start: is handed the place where the input goes, and must return at once.
  /// - Returns: 0 if the client said `shutdown` and `exit`, else 1.
  package func run(_ start: (ServerInput) -> Void) async -> Int32 {
    let (events, continuation) = AsyncStream<ServerEvent>.makeStream()
    let input = ServerInput(continuation)
    start(input)
    var loop = ServerLoop(
      session: LanguageSession(world: world), send: send, log: log, rest: rest, threads: threads,
      input: input)
    var passed = 0
    for await event in events {
      if let code = loop.take(event) { return code }
      passed += 1
      if input.isEmpty || passed >= Self.mostPassed {
        passed = 0
        if let code = loop.catchUp() { return code }
      }
    }
    return 1
  }
}

/// Where work runs.
///
/// The tasks' own threads are few and the loop needs one of them; nil is those all the same.
package struct WorkThreads: Sendable {
  /// For the lint rules, which may take seconds: one after the other, so that they leave the machine
  /// to the editor.
  let rules: (any TaskExecutor)?
  /// For answers, which wait for nothing but themselves.
  let answers: (any TaskExecutor)?

  package init(rules: (any TaskExecutor)?, answers: (any TaskExecutor)?) {
    self.rules = rules
    self.answers = answers
  }
}

/// What comes into the loop.
enum ServerEvent: Sendable {
  case bytes([UInt8])
  case end
  case finished(WorkID, WorkResult)
}

/// Where a reader of the client's stream puts what it reads.
package final class ServerInput: Sendable {
  private let continuation: AsyncStream<ServerEvent>.Continuation
  /// How much of the input the loop has not taken.
  private let waiting = Mutex(0)

  init(_ continuation: AsyncStream<ServerEvent>.Continuation) { self.continuation = continuation }

  package func read(_ bytes: [UInt8]) {
    waiting.withLock { $0 += 1 }
    continuation.yield(.bytes(bytes))
  }

  package func end() { continuation.yield(.end) }

  var isEmpty: Bool { waiting.withLock { $0 == 0 } }

  func taken() { waiting.withLock { $0 -= 1 } }

  func finished(_ id: WorkID, _ result: WorkResult) { continuation.yield(.finished(id, result)) }
}

/// The session, the frames it is cut out of, and the work that runs beside it.
private struct ServerLoop {
  var session: LanguageSession
  let send: @Sendable ([UInt8]) -> Void
  let log: @Sendable (String) -> Void
  let rest: @Sendable (Duration) async throws -> Void
  let threads: WorkThreads
  let input: ServerInput
  private var frames = FrameReader()
  private var tasks: [WorkID: Task<Void, Never>] = [:]

  init(
    session: LanguageSession, send: @escaping @Sendable ([UInt8]) -> Void,
    log: @escaping @Sendable (String) -> Void,
    rest: @escaping @Sendable (Duration) async throws -> Void, threads: WorkThreads,
    input: ServerInput
  ) {
    self.session = session
    self.send = send
    self.log = log
    self.rest = rest
    self.threads = threads
    self.input = input
  }

  /// The exit code if this was the end.
  mutating func take(_ event: ServerEvent) -> Int32? {
    switch event {
    case .bytes(let bytes):
      input.taken()
      frames.append(bytes)
      do throws(FrameProblem) {
        while let message = try frames.next() {
          if let code = carryOut(session.receive(message)) { return code }
        }
        return nil
      } catch {
        log("the input cannot be read on: \(error.message)")
        let failure = ResponseError(.parseError, error.message)
        send(Frame.bytes(of: OutgoingMessage.failure(nil, failure)))
        return 1
      }
    case .end:
      if frames.isInsideMessage { log("the input ended inside a message") }
      return 1
    case .finished(let id, let result):
      tasks[id] = nil
      return carryOut(session.finish(id, result))
    }
  }

  /// Nothing waits: what has changed is read and told.
  mutating func catchUp() -> Int32? { carryOut(session.idle()) }

  private mutating func carryOut(_ effects: [ServerEffect]) -> Int32? {
    for effect in effects {
      switch effect {
      case .send(let json): send(Frame.bytes(of: json))
      case .log(let line): log(line)
      case .exit(let code): return code
      case .stop(let id): tasks.removeValue(forKey: id)?.cancel()
      case .start(let work):
        let input = input
        let rest = rest
        let executor =
          switch work.id {
          case .request: threads.answers
          case .lint: threads.rules
          }
        tasks[work.id] = Task(executorPreference: executor) {
          if let delay = work.delay {
            guard (try? await rest(delay)) != nil else { return }
          }
          guard !Task.isCancelled else { return }
          input.finished(work.id, work.run())
        }
      }
    }
    return nil
  }
}
