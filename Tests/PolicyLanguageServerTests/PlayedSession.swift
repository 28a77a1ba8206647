import PolicyEditing
import Synchronization

@testable import PolicyLanguageServer

/// A session played without streams, threads or a disk: work is done when it is started, the lint
/// rules when the client has been quiet.
struct PlayedSession {
  /// The files of a disk that can be changed under the server.
  final class Disk: Sendable {
    private let files: Mutex<[String: [UInt8]]>

    init(_ files: [String: String]) { self.files = Mutex(files.mapValues { Array($0.utf8) }) }

    subscript(path: String) -> [UInt8]? { files.withLock { $0[path] } }

    func set(_ path: String, _ text: String?) {
      files.withLock { $0[path] = text.map { Array($0.utf8) } }
    }

    func names(in folder: String) -> [String] {
      let inside = files.withLock { $0.keys.filter { $0.hasPrefix(folder) } }
      let names = inside.compactMap {
        $0.dropFirst(folder.count).split(separator: "/").first.map(String.init)
      }
      return Array(Set(names))
    }
  }

  private var session: LanguageSession
  private var waiting: [Work] = []
  private(set) var sent: [String] = []
  private(set) var logged: [String] = []
  private(set) var exitCode: Int32?
  /// How often a policy was read.
  let readings: Count

  final class Count: Sendable {
    private let number = Mutex(0)
    var value: Int { number.withLock { $0 } }
    func add() { number.withLock { $0 += 1 } }
  }

  init(_ disk: Disk) {
    let readings = Count()
    self.readings = readings
    session = LanguageSession(
      world: EditorWorld(
        version: "0", read: { disk[$0] }, names: { disk.names(in: $0) },
        snapshot: { paths, earlier, read in
          readings.add()
          return PolicySnapshot(
            path: paths.policy, tests: paths.tests, today: nil, settingsPath: paths.settings,
            after: earlier, read: read)
        }))
  }

  /// What the server sends because of a message that nothing follows.
  mutating func say(_ json: String) -> [String] {
    let before = sent.count
    carryOut(session.receive(Array(json.utf8)))
    carryOut(session.idle())
    return Array(sent[before...])
  }

  /// The same with more messages right behind it: nothing is read again in between.
  mutating func say(atOnce messages: [String]) -> [String] {
    let before = sent.count
    for json in messages { carryOut(session.receive(Array(json.utf8))) }
    carryOut(session.idle())
    return Array(sent[before...])
  }

  /// What the server sends when the client has been quiet for a while.
  mutating func rest() -> [String] {
    let before = sent.count
    let due = waiting
    waiting = []
    for work in due { carryOut(session.finish(work.id, work.run())) }
    return Array(sent[before...])
  }

  private mutating func carryOut(_ effects: [ServerEffect]) {
    for effect in effects {
      switch effect {
      case .send(let json): sent.append(String(decoding: json, as: UTF8.self))
      case .log(let line): logged.append(line)
      case .exit(let code): exitCode = code
      case .stop(let id): waiting.removeAll { $0.id == id }
      case .start(let work):
        if work.delay == nil {
          carryOut(session.finish(work.id, work.run()))
        } else {
          waiting.append(work)
        }
      }
    }
  }
}

extension PlayedSession {
  /// With a policy folder as most tests want it, introduced.
  static func introduced(
    _ files: [String: String], capabilities: String = "{}"
  ) -> (session: PlayedSession, disk: Disk) {
    let disk = Disk(files)
    var session = PlayedSession(disk)
    _ = session.say(
      #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"rootUri":"file:///w","#
        + #""capabilities":\#(capabilities)}}"#)
    _ = session.say(#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#)
    return (session, disk)
  }

  mutating func open(_ path: String, _ text: String, version: Int = 1) -> [String] {
    notify(
      "textDocument/didOpen",
      #"{"textDocument":{"uri":"\#(DocumentURI.uri(of: path))","languageId":"rung","#
        + #""version":\#(version),"text":\#(Self.quoted(text))}}"#)
  }

  mutating func change(_ path: String, to text: String, version: Int) -> [String] {
    notify(
      "textDocument/didChange",
      #"{"textDocument":{"uri":"\#(DocumentURI.uri(of: path))","version":\#(version)},"#
        + #""contentChanges":[{"text":\#(Self.quoted(text))}]}"#)
  }

  mutating func notify(_ method: String, _ params: String) -> [String] {
    say(#"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params)}"#)
  }

  mutating func ask(_ method: String, _ params: String, id: Int = 7) -> [String] {
    say(#"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#)
  }

  static func quoted(_ text: String) -> String {
    "\""
      + text.unicodeScalars.map { scalar in
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: String(scalar)
        }
      }.joined() + "\""
  }
}
