import JSONReading
import JSONWriting

/// One client's session: messages in, effects out, in the order the messages came.
///
/// A value that knows no clock, no thread and no stream, so that a test can play a session from a
/// text file. ``LanguageServer`` carries the effects out.
package struct LanguageSession {
  /// How long a text must rest before the lint rules look at it.
  static let quiet = Duration.milliseconds(200)

  private enum Phase {
    case fresh
    case running
    case shutDown
  }

  private var phase = Phase.fresh
  let world: EditorWorld
  var client = ClientSettings()
  /// What stands in the editor, by path.
  var documents: [String: OpenDocument] = [:]
  var policies = OpenPolicies()
  var publishing = Publishing()
  /// Requests that were begun and not answered.
  private var begun: Set<RequestID> = []
  private var ownRequests = 0

  package init(world: EditorWorld) { self.world = world }

  /// Takes the next message.
  package mutating func receive(_ json: [UInt8]) -> [ServerEffect] {
    switch IncomingMessage(json) {
    case .mended(let mended):
      return [
        .log("half a surrogate pair came in a message: U+FFFD, as in a file, stands for it")
      ] + receive(mended)
    case .request(let id, let method, let params):
      return request(id, method, params)
    case .notification(let method, let params):
      return notify(method, params)
    case .response(_, let failure):
      return failure.map { [.log("the client could not do what it was asked: \($0)")] } ?? []
    case .broken(let id, let error):
      return [
        .log("a message that cannot be read: \(error.message)"),
        .send(OutgoingMessage.failure(id, error)),
      ] + unreadable(json)
    }
  }

  /// Takes the result of work that ``ServerEffect/start(_:)`` began.
  package mutating func finish(_ id: WorkID, _ result: WorkResult) -> [ServerEffect] {
    switch (id, result) {
    case (.request(let request), .answered(let json, let first)):
      guard begun.remove(request) != nil else { return [] }
      return first.map(ServerEffect.send)
        + [.send(OutgoingMessage.result(request, json: json))]
    case (.request(let request), .refused(let error)):
      guard begun.remove(request) != nil else { return [] }
      return [.send(OutgoingMessage.failure(request, error))]
    case (.lint(let policy, let generation), .linted(let findings)):
      return linted(policy, generation, findings)
    case (.request, .linted), (.lint, .answered), (.lint, .refused):
      return []
    }
  }

  // MARK: Requests

  private mutating func request(
    _ id: RequestID, _ name: String, _ params: JSONValue?
  ) -> [ServerEffect] {
    func refuse(_ code: ResponseError.Code, _ message: String) -> [ServerEffect] {
      [.send(OutgoingMessage.failure(id, ResponseError(code, message)))]
    }
    switch phase {
    case .fresh where name != ClientMethod.initialize.rawValue:
      return refuse(.serverNotInitialized, "`\(name)` before `initialize`")
    case .shutDown:
      return refuse(.invalidRequest, "`\(name)` after `shutdown`")
    case .fresh, .running: break
    }
    guard let method = ClientMethod(rawValue: name) else {
      return refuse(.methodNotFound, "there is no method `\(name)` here")
    }
    guard !begun.contains(id) else {
      return refuse(.invalidRequest, "a request of this id is not answered yet")
    }
    switch method.order {
    case .alone: break
    case .beside:
      var effects = bringUpToDate()
      switch question(method, params) {
      case .success(let run):
        begun.insert(id)
        effects.append(.start(Work(id: .request(id), delay: nil, run: run)))
      case .failure(let error):
        effects.append(.send(OutgoingMessage.failure(id, error)))
      }
      return effects
    }
    switch method {
    case .initialize:
      guard phase == .fresh else { return refuse(.invalidRequest, "`initialize` came before") }
      phase = .running
      client = ClientSettings(params)
      let server = ServerAbilities(client: client, version: world.version)
      return [.send(OutgoingMessage.result(id, server.write))]
    case .shutdown:
      phase = .shutDown
      let open = begun
      begun = []
      return open.map { .stop(.request($0)) } + policies.lintWork.map { .stop($0) }
        + [.send(OutgoingMessage.result(id) { $0.null() })]
    case .initialized, .exit, .cancelRequest, .setTrace, .didOpen, .didChange, .didSave, .didClose,
      .didChangeWatchedFiles, .didChangeConfiguration, .didChangeWorkspaceFolders, .completion,
      .hover, .definition, .references, .prepareRename, .rename, .documentSymbol, .workspaceSymbol,
      .semanticTokens,
      .foldingRange, .formatting, .codeAction, .codeLens, .inlayHint, .executeCommand:
      return refuse(.invalidRequest, "`\(name)` is a notification: it has no id")
    }
  }

  // MARK: Notifications

  private mutating func notify(_ name: String, _ params: JSONValue?) -> [ServerEffect] {
    let method = ClientMethod(rawValue: name)
    if method == .exit { return [.exit(phase == .shutDown ? 0 : 1)] }
    guard phase == .running, let method else { return [] }
    do throws(ResponseError) {
      switch method {
      case .initialized: return watchFiles()
      case .cancelRequest: return cancel(params)
      case .didOpen: return try opened(params)
      case .didChange: return try changed(params)
      case .didSave: return try saved(params)
      case .didClose: return try closed(params)
      case .didChangeWatchedFiles: return filesChanged(params)
      case .didChangeWorkspaceFolders:
        client.folders.change(params?["event"])
        policies.everythingChanged()
        return []
      case .initialize, .shutdown, .exit, .setTrace, .didChangeConfiguration, .completion, .hover,
        .definition, .references, .prepareRename, .rename, .documentSymbol, .workspaceSymbol,
        .semanticTokens, .foldingRange, .formatting, .codeAction, .codeLens, .inlayHint,
        .executeCommand:
        return []
      }
    } catch {
      return [.log("`\(name)`: \(error.message)")]
    }
  }

  private mutating func cancel(_ params: JSONValue?) -> [ServerEffect] {
    guard let id = params?["id"].flatMap({ RequestID($0) }), begun.remove(id) != nil else {
      return []
    }
    let error = ResponseError(.requestCancelled, "cancelled")
    return [.stop(.request(id)), .send(OutgoingMessage.failure(id, error))]
  }

  /// Asks to be told of files that change on disk.
  private mutating func watchFiles() -> [ServerEffect] {
    guard client.watchesFilesOnRequest else { return [] }
    ownRequests += 1
    let request = OutgoingMessage.request(
      RequestID(own: ownRequests), "client/registerCapability"
    ) { json in
      json.array("registrations") { json in
        json.object { json in
          json.member("id", "rung-files")
          json.member("method", ClientMethod.didChangeWatchedFiles.rawValue)
          json.object("registerOptions") { json in
            json.array("watchers") { json in
              for pattern in WatchedFiles.patterns {
                json.object { $0.member("globPattern", pattern) }
              }
            }
          }
        }
      }
    }
    return [.send(request)]
  }
}

/// The files a policy may be made of, as a client is asked to watch them.
enum WatchedFiles {
  static let patterns = ["rung", "yaml", "yml", "json", "jsonl", "md", "txt"].map { "**/*.\($0)" }
}
