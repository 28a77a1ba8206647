import Synchronization

/// A request as it came over a connection.
struct IncomingRequest: Sendable {
  let method: String
  /// Without the query.
  let path: String
  var query: [String: String] = [:]
  /// Names in lower case; of a repeated one the last.
  let headers: [String: String]
  let body: [UInt8]
}

/// Turns requests into what is to be done on their connection, and keeps the books.
final class Desk: Sendable {
  private struct State {
    var script: Script
    var callsByModel: [String: Int] = [:]
    var usesByRule: [Int: Int] = [:]
    var stats = Stats()
    var calls = 0
    var batches = BatchBook()
  }

  private let state: Mutex<State>
  private let log: (@Sendable (CallEvent) -> Void)?

  init(script: Script, log: (@Sendable (CallEvent) -> Void)? = nil) {
    state = Mutex(State(script: script))
    self.log = log
  }

  var stats: Stats { state.withLock { $0.stats } }

  /// Follows another script from now on; counting starts anew.
  func follow(_ script: Script) {
    state.withLock { state in
      state.script = script
      state.callsByModel = [:]
      state.usesByRule = [:]
      state.stats.reset()
      state.batches = BatchBook()
    }
  }

  func connectionOpened() { state.withLock { $0.stats.opened() } }

  func sent(_ bytes: Int) { state.withLock { $0.stats.sent(bytes) } }

  func connectionClosed(whileAnswering: Bool) {
    state.withLock { $0.stats.closed(whileAnswering: whileAnswering) }
  }

  /// An answer that begins: what is to be done for it, and the call it is in the books.
  struct Play: Sendable {
    let steps: [Step]
    /// Nil for what is not counted.
    let call: Int?

    init(_ steps: [Step], call: Int? = nil) {
      self.steps = steps
      self.call = call
    }
  }

  /// When this returns, the call stands in the log.
  func play(_ request: IncomingRequest) -> Play {
    switch (request.method, request.path) {
    case ("POST", "/v1/chat/completions"): chat(request)
    case ("POST", "/v1/embeddings"): embeddings(request)
    case ("GET", "/v1/models"): record(request, Reply(json: models))
    case ("GET", "/__stats"): Play(Reply(json: stats.json).steps)
    case ("POST", "/__script"): Play(newScript(request.body).steps)
    case (_, "/v1/chat/completions"), (_, "/v1/embeddings"), (_, "/v1/models"), (_, "/__stats"),
      (_, "/__script"):
      record(request, ErrorShape(.wrongMethod).reply)
    default: batchPlay(request) ?? record(request, ErrorShape(.noSuchPath).reply)
    }
  }

  func ended(_ call: Int, _ ending: CallEvent.Ending) { log?(.ended(call, ending)) }

  // MARK: The endpoints

  private func chat(_ request: IncomingRequest) -> Play {
    guard isAuthorized(request) else { return record(request, ErrorShape(.unauthorized).reply) }
    let call: ChatCall
    do throws(BadRequest) {
      call = try ChatCall(request.body)
    } catch {
      return record(request, ErrorShape(.badRequest(error.message)).reply)
    }
    let (script, rule) = turn(of: call.model, call.question)
    guard let profile = script.profile(of: call.model) else {
      return record(request, ErrorShape(.unknownModel(call.model)).reply, call: call)
    }
    let fault = request.headers["x-standin-fault"].flatMap(Fault.init) ?? rule?.fault
    if fault == nil, call.promptTokens > profile.contextWindow {
      return record(request, ErrorShape(.contextLength).reply, call: call)
    }
    let completion = Answerer(call: call, profile: profile, rule: rule).completion(fault: fault)
    let shape = CompletionShape(completion: completion, fault: fault)
    let reply = reply(shape, to: call, script, rule)
    let asked = request.headers["x-standin-delay"].flatMap(Int64.init)
    let play = FaultPlay(
      reply: reply, delay: asked ?? rule?.delay,
      retryAfter: request.headers["x-standin-retry-after"] ?? rule?.retryAfter,
      host: request.headers["host"] ?? "")
    let played = fault.flatMap(play.steps)
    let steps = played ?? reply.steps
    let isWhole = played == nil || fault?.answersInFull(streamed: call.streams) == true
    let number = note(
      request, steps, call: call, fault: fault, usage: isWhole ? completion.usage : nil,
      worked: fault?.turnsAway == true ? nil : completion.usage)
    let wait = fault == nil ? (asked ?? rule?.delay ?? profile.latency) : profile.latency
    return Play(wait > 0 ? [.pause(wait)] + steps : steps, call: number)
  }

  private func reply(
    _ shape: CompletionShape, to call: ChatCall, _ script: Script, _ rule: Rule?
  ) -> Reply {
    if let body = rule?.body {
      return Reply(status: rule?.status ?? 200, json: Array(body.utf8))
    }
    if let events = rule?.events {
      return Reply(
        events: events.map { EventStream.event(Array($0.utf8)) }, pause: script.chunkDelay)
    }
    guard call.streams else { return Reply(json: shape.whole) }
    return Reply(
      events: shape.events(includingUsage: call.includesUsage), pause: script.chunkDelay)
  }

  private func embeddings(_ request: IncomingRequest) -> Play {
    guard isAuthorized(request) else { return record(request, ErrorShape(.unauthorized).reply) }
    do throws(BadRequest) {
      let call = try EmbeddingCall(request.body)
      // Only rules that name the model: those for all are about answers.
      let (_, found) = turn(of: call.model, call.inputs[0])
      let rule = found?.model == nil ? nil : found
      let reply = Reply(
        status: rule?.status ?? 200, json: rule?.body.map { Array($0.utf8) } ?? call.bytes)
      let played = rule?.fault.flatMap(
        FaultPlay(
          reply: reply, delay: rule?.delay, retryAfter: rule?.retryAfter,
          host: request.headers["host"] ?? ""
        ).steps)
      let steps = played ?? reply.steps
      let number = enter(
        Stats.Seen(
          path: request.path, model: call.model, question: String(call.inputs[0].prefix(200)),
          streams: false, status: steps.status, fault: rule?.fault,
          promptTokens: call.promptTokens, completionTokens: 0, workedTokens: call.promptTokens))
      let wait = rule?.fault == nil ? rule?.delay ?? 0 : 0
      return Play(wait > 0 ? [.pause(wait)] + steps : steps, call: number)
    } catch {
      return record(request, ErrorShape(.badRequest(error.message)).reply)
    }
  }

  private var models: [UInt8] {
    ModelList(names: state.withLock { $0.script.models.map(\.name) }).bytes
  }

  private func newScript(_ body: [UInt8]) -> Reply {
    do throws(ScriptProblem) {
      follow(try Script(json: body))
      return Reply(json: Array(#"{"ok":true}"#.utf8))
    } catch {
      return ErrorShape(.badRequest(error.description)).reply
    }
  }

  // MARK: The books

  func isAuthorized(_ request: IncomingRequest) -> Bool {
    guard let key = state.withLock({ $0.script.key }) else { return true }
    return request.headers["authorization"] == "Bearer \(key)"
  }

  /// Runs something on the files and batches, by the script of now.
  func withBatches<Value: Sendable>(
    _ body: (inout BatchBook, BatchScript) -> Value
  ) -> Value {
    state.withLock { state in body(&state.batches, state.script.batches) }
  }

  /// What is not an honest answer, in the books like one.
  func played(_ request: IncomingRequest, _ steps: [Step]) -> Play {
    Play(steps, call: note(request, steps, call: nil, fault: nil, usage: nil))
  }

  /// Counts the call and finds the rule it falls under.
  func turn(of model: String, _ question: String) -> (Script, Rule?) {
    state.withLock { state in
      state.callsByModel[model, default: 0] += 1
      let number = state.callsByModel[model, default: 1]
      for (index, rule) in state.script.rules.enumerated()
      where rule.holds(model: model, question: question, call: number) {
        let uses = state.usesByRule[index, default: 0]
        if let times = rule.times, uses >= times { continue }
        state.usesByRule[index] = uses + 1
        return (state.script, rule)
      }
      return (state.script, nil)
    }
  }

  func record(_ request: IncomingRequest, _ reply: Reply, call: ChatCall? = nil) -> Play {
    let steps = reply.steps
    return Play(steps, call: note(request, steps, call: call, fault: nil, usage: nil))
  }

  private func note(
    _ request: IncomingRequest, _ steps: [Step], call: ChatCall?, fault: Fault?,
    usage: Completion.Usage?, worked: Completion.Usage? = nil
  ) -> Int {
    let seen = Stats.Seen(
      path: String(request.path.prefix(200)), model: call?.model ?? "",
      question: String((call?.question ?? "").prefix(200)), streams: call?.streams ?? false,
      status: steps.status, fault: fault, promptTokens: usage?.prompt ?? 0,
      completionTokens: usage?.completion ?? 0,
      workedTokens: worked.map { $0.prompt + $0.completion } ?? 0)
    return enter(seen)
  }

  /// Takes a call into the books and the log.
  func enter(_ seen: Stats.Seen) -> Int {
    let number = state.withLock { state in
      state.stats.saw(seen)
      state.calls += 1
      return state.calls
    }
    log?(.began(number, seen))
    return number
  }
}

extension [Step] {
  /// The status of the first head among the steps; 0 if none is sent.
  fileprivate var status: Int {
    for step in self {
      guard case .send(let bytes) = step else { continue }
      guard bytes.starts(with: "HTTP/1.1 ".utf8) else { return 0 }
      return Int(String(decoding: bytes.dropFirst(9).prefix(3), as: UTF8.self)) ?? 0
    }
    return 0
  }
}
