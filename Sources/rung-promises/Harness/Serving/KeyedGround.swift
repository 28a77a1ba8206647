import Foundation

/// A gateway that lets in callers with a key only, and one key that is good.
final class KeyedGround {
  let ground: ServedGround
  let gateway: ServedGateway
  let key: String
  let file: URL

  static let secret = "0123456789abcdef0123456789abcdef0123456789abcdef"

  init(_ trial: Trial, _ name: String) throws {
    ground = try ServedGround(trial, name)
    let folder = ground.place.folder
    file = folder.appending(path: "keys.yaml")
    let environment = ["RUNG_KEY_SECRET": Self.secret]
    key = try Self.key(trial, ["--id", "one", "--tenant", "acme"], in: folder, file)
    _ = try Self.key(trial, ["--id", "ops", "--admin"], in: folder, file)
    gateway = try ground.gateway(
      trial, adding: ["--keys", file.path, "--admin-key"], environment: environment)
  }

  private static func key(
    _ trial: Trial, _ arguments: [String], in folder: URL, _ file: URL
  ) throws -> String {
    let maker = try Child(
      Child.Start(
        program: trial.programs.rung,
        arguments: ["key", "new", "--file", file.path] + arguments,
        environment: ["RUNG_KEY_SECRET": secret], folder: folder, name: "key"))
    guard maker.ending(within: .seconds(20)) == .exit(0) else {
      throw PromiseFailure("rung key new makes no key: \(maker.complaint)")
    }
    return maker.said.filter { !$0.isWhitespace }
  }

  /// A request with these header lines.
  func answer(
    _ method: String, _ path: String, _ headers: [String] = [], body: String = ""
  ) throws -> PeerAnswer {
    let all =
      ["\(method) \(path) HTTP/1.1", "host: 127.0.0.1", "content-type: application/json"] + headers
      + ["content-length: \(body.utf8.count)"]
    return try gateway.answer(Array((all.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
  }

  static let chat = #"{"model":"auto","messages":[{"role":"user","content":"hi"}]}"#
}
