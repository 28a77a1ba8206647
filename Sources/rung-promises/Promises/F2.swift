import Foundation
import JSONReading

/// Every route passes authentication, but for health and readiness.
enum F2: Promise {
  static let name = "F2"
  static let text = "every route asks for a key, but for health and readiness"

  private static let open: Set<String> = ["/healthz", "/readyz"]

  static func tried(_ trial: Trial) async throws -> Verdict {
    let keyed = try KeyedGround(trial, "f2")
    var findings: [String] = []
    let paths = try Self.paths(keyed)
    var asked = 0
    var shut = 0
    for path in paths {
      // A path that ends in a slash takes one more part.
      let whole = path.hasSuffix("/") ? path + "any" : path
      for method in ["GET", "POST", "PUT", "DELETE", "OPTIONS"] {
        for headers in [[], ["authorization: Bearer rk-\(String(repeating: "x", count: 43))"]] {
          trial.progress.show("F2 \(method) \(path)")
          let isPost = method == "POST" || method == "PUT"
          let answer = try keyed.answer(
            method, whole, headers, body: isPost ? KeyedGround.chat : "")
          asked += 1
          let isRefused = [401, 403].contains(answer.status)
          // The wrong method for a path is told to everybody: it says nothing of anybody.
          let isNothing = answer.status == 405 || answer.status == 404
          if isRefused { shut += 1 }
          let isWrong = Self.open.contains(path) ? isRefused : !isRefused && !isNothing
          if isWrong {
            findings.append("\(method) \(path) without a good key: \(answer.status)")
          }
        }
      }
    }
    if try !ground(keyed) { findings.append("the good key opens nothing: a blind trial") }
    let missing = Self.open.subtracting(paths)
    if !missing.isEmpty || paths.count < 10 {
      findings.append("the gateway names \(paths.count) paths: a blind trial")
    }
    if shut < paths.count - Self.open.count {
      findings.append("only \(shut) of \(asked) were refused for their key")
    }
    return .of(
      findings,
      "\(paths.count) paths by the gateway's own list, \(asked) requests without a good key: \(shut) "
        + "refused with 401 or 403, none served; open are \(Self.open.sorted().joined(separator: ", "))"
    )
  }

  private static func ground(_ keyed: KeyedGround) throws -> Bool {
    let good = try keyed.answer(
      "POST", "/v1/chat/completions", ["authorization: Bearer \(keyed.key)"], body: KeyedGround.chat
    )
    return try good.status == 200 && keyed.ground.wall.newCalls().count == 1
  }

  /// Those the gateway names where a path leads nowhere.
  private static func paths(_ keyed: KeyedGround) throws -> Set<String> {
    let answer = try keyed.answer("GET", "/nowhere", ["authorization: Bearer \(keyed.key)"])
    let message = try JSONText(answer.body).root["error"]?["message"]?.string ?? ""
    guard let list = message.firstRange(of: "this gateway serves ") else { return [] }
    let words = message[list.upperBound...].split { $0 == "," || $0 == " " }
    return Set(words.map(String.init).filter { $0.hasPrefix("/") })
  }
}
