import PolicyEditing
import Testing

@testable import PolicyLanguageServer

@Suite struct `A language session` {
  static let catalog = """
    currency: USD
    providers:
      here: {base_url: "http://127.0.0.1:1/v1", key_env: HERE_KEY}
    models:
      small:
        provider: here
        window: 32k
        max_output: 8k
        capabilities: [tools, json, streaming]
        tokenizer: qwen
        prices: {input: 0.01, output: 0.02, date: 2026-11-21, source: "a made-up page"}
    """
  static let sound = "rung 1\ncatalog \"catalog.yaml\"\n\notherwise { use small }\n"

  private static func diagnostics(_ sent: [String], of path: String) -> [String] {
    sent.filter {
      $0.contains(#""method":"textDocument/publishDiagnostics""#)
        && $0.contains("\"uri\":\"\(DocumentURI.uri(of: path))\"")
    }
  }

  @Test func `reads once what was typed in one go`() {
    var (session, _) = PlayedSession.introduced(["/w/catalog.yaml": Self.catalog])
    _ = session.open("/w/policy.rung", Self.sound)
    let before = session.readings.value
    let messages = (2...30).map { version in
      #"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"#
        + #""file:///w/policy.rung","version":\#(version)},"contentChanges":[{"range":{"start":"#
        + #"{"line":3,"character":20},"end":{"line":3,"character":20}},"text":"x"}]}}"#
    }
    let sent = session.say(atOnce: messages)
    #expect(session.readings.value == before + 1)
    let told = Self.diagnostics(sent, of: "/w/policy.rung")
    #expect(told.count == 1 && told[0].contains(#""version":30"#))
    #expect(told[0].contains("smal" + String(repeating: "x", count: 29) + "l"))
  }

  @Test func `never publishes what the rules found in an older text`() {
    var (session, _) = PlayedSession.introduced(["/w/catalog.yaml": Self.catalog])
    let unused = "rung 1\ncatalog \"catalog.yaml\"\ngate g { max_chars 10 }\n"
    _ = session.open("/w/policy.rung", Self.sound)
    // The rules have not looked at version 1 when version 2 comes.
    _ = session.change("/w/policy.rung", to: unused, version: 2)
    let sent = session.rest()
    #expect(!sent.contains { $0.contains(#""version":1"#) })
  }

  @Test func `publishes no more findings of a text than anyone looks at, and counts the rest`() {
    var (session, _) = PlayedSession.introduced(["/w/catalog.yaml": Self.catalog])
    let routes = (0..<5000).map { "route r\($0) when unknown\($0) { use small }" }
    let text = "rung 1\ncatalog \"catalog.yaml\"\n" + routes.joined(separator: "\n") + "\n"
    let sent = Self.diagnostics(session.open("/w/policy.rung", text), of: "/w/policy.rung")
    #expect(sent.count == 1)
    let severities = (sent.first ?? "").split(separator: "\"severity\":").count - 1
    #expect(severities == PublishedFindings.most + 1)
    // 5,000 unknown names, and no `otherwise`.
    #expect(sent.first?.contains("\"missing_otherwise\"") == true)
    let rest = 5001 - PublishedFindings.most
    #expect(sent.first?.contains("… and \(rest) more (`rung check --all` shows them)") == true)
  }

  @Test func `tells of a text again only when something has changed`() {
    var (session, _) = PlayedSession.introduced(["/w/catalog.yaml": Self.catalog])
    _ = session.open("/w/policy.rung", Self.sound)
    _ = session.rest()
    let saved = session.notify(
      "textDocument/didSave", #"{"textDocument":{"uri":"file:///w/policy.rung"}}"#)
    #expect(saved.isEmpty)
    #expect(session.rest().isEmpty)
  }

  @Test func `answers a request that was cancelled once`() {
    var session = LanguageSession(
      world: EditorWorld(
        version: "0", read: { _ in nil }, names: { _ in [] },
        snapshot: { paths, _, read in
          .init(path: paths.policy, today: nil, read: read)
        }))
    func say(_ text: String) -> [ServerEffect] { session.receive(Array(text.utf8)) }
    _ = say(#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"capabilities":{}}}"#)
    let begun = say(
      #"{"jsonrpc":"2.0","id":"q","method":"workspace/symbol","params":{"query":""}}"#)
    var work: Work?
    for case .start(let started) in begun { work = started }
    let twice = say(
      #"{"jsonrpc":"2.0","id":"q","method":"workspace/symbol","params":{"query":""}}"#)
    #expect(Self.text(twice).contains("-32600"))
    let cancelled = say(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"q"}}"#)
    #expect(Self.text(cancelled).contains(#""id":"q","error":{"code":-32800"#))
    #expect(say(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"q"}}"#).isEmpty)
    if let work {
      #expect(session.finish(work.id, work.run()).isEmpty)
    } else {
      Issue.record("no work was begun")
    }
  }

  private static func text(_ effects: [ServerEffect]) -> String {
    var text = ""
    for case .send(let json) in effects { text += String(decoding: json, as: UTF8.self) }
    return text
  }

  @Test(arguments: ClientMethod.allCases)
  func `refuses what has no sense in it with words`(method: ClientMethod) {
    let odd = [
      "", #","params":null"#, #","params":[]"#, #","params":{"textDocument":3,"position":{}}"#,
      #","params":{"textDocument":{"uri":"file:///nowhere"},"position":{"line":-3,"character":1e9}}"#,
      #","params":{"textDocument":{"uri":"file:///w/policy.rung","text":"","version":1.5},"range":{"start":{"line":5,"character":5},"end":{"line":0,"character":0}},"position":{"line":99999,"character":0},"contentChanges":[{"text":1}],"changes":[{}],"command":"rung.runTest","arguments":["x","y"]}"#,
    ]
    for params in odd {
      var (session, _) = PlayedSession.introduced(["/w/catalog.yaml": Self.catalog])
      _ = session.open("/w/policy.rung", Self.sound)
      let name = method.rawValue
      let asked = session.say(#"{"jsonrpc":"2.0","id":9,"method":"\#(name)"\#(params)}"#)
      let answers = asked.filter { $0.contains(#""id":9"#) }
      #expect(answers.count == 1, "\(name) \(params): \(asked)")
      _ = session.say(#"{"jsonrpc":"2.0","method":"\#(name)"\#(params)}"#)
    }
  }
}
