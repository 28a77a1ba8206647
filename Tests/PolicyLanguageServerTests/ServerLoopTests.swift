import PolicyEditing
import RoutingTestSupport
import Synchronization
import Testing

@testable import PolicyLanguageServer

@Suite struct `The server on a stream` {
  private final class Client: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    private let lines = Mutex<[String]>([])

    func take(_ more: [UInt8]) { bytes.withLock { $0 += more } }
    func note(_ line: String) { lines.withLock { $0.append(line) } }

    var log: [String] { lines.withLock(\.self) }

    var messages: [String] {
      var reader = FrameReader()
      reader.append(bytes.withLock(\.self))
      var found: [String] = []
      while let message = try? reader.next() {
        found.append(String(decoding: message, as: UTF8.self))
      }
      return found
    }
  }

  private static func frame(_ json: String) -> [UInt8] { Frame.bytes(of: Array(json.utf8)) }

  /// Runs a server over the input, in pieces of a size, to its end.
  private static func run(_ input: [UInt8], pieces: Int) async -> (code: Int32, client: Client) {
    let client = Client()
    let server = LanguageServer(
      world: EditorWorld(
        version: "0", read: { _ in nil }, names: { _ in [] },
        snapshot: { paths, _, read in .init(path: paths.policy, today: nil, read: read) }),
      send: { client.take($0) }, log: { client.note($0) }, rest: { _ in },
      threads: WorkThreads(rules: nil, answers: nil))
    let code = await server.run { stream in
      var rest = input[...]
      while !rest.isEmpty {
        stream.read(Array(rest.prefix(pieces)))
        rest = rest.dropFirst(pieces)
      }
      stream.end()
    }
    return (code, client)
  }

  static let hello = frame(
    #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#)
  static let shutdown = frame(#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#)
  static let exit = frame(#"{"jsonrpc":"2.0","method":"exit"}"#)

  @Test(arguments: [1, 7, 100_000]) func `ends as the client says`(pieces: Int) async {
    let orderly = await Self.run(Self.hello + Self.shutdown + Self.exit, pieces: pieces)
    #expect(orderly.code == 0)
    #expect(orderly.client.messages.count == 2)
    let sudden = await Self.run(Self.hello + Self.exit, pieces: pieces)
    #expect(sudden.code == 1)
    let gone = await Self.run(Self.hello, pieces: pieces)
    #expect(gone.code == 1)
  }

  @Test func `says what it cannot read, and stops where it must`() async {
    let noJSON = await Self.run(
      Self.hello + Self.frame("{nonsense") + Self.shutdown + Self.exit, pieces: 50)
    #expect(noJSON.code == 0)
    #expect(noJSON.client.messages[1].contains(#""id":null,"error":{"code":-32700"#))
    let noFrame = await Self.run(
      Self.hello + Array("Content-Length: many\r\n\r\n".utf8) + Self.shutdown, pieces: 50)
    #expect(noFrame.code == 1)
    #expect(noFrame.client.log.contains { $0.contains("Content-Length is ` many`") })
    let cut = await Self.run(Self.hello + Self.exit.dropLast(3), pieces: 50)
    #expect(cut.code == 1)
    #expect(cut.client.log == ["the input ended inside a message"])
  }
}
