import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// A server that was started, and where it answers.
struct Served {
  let process: Program
  let port: UInt16

  var url: String { "http://127.0.0.1:\(port)/v1/chat/completions" }
}

/// A folder of its own with everything the servers of one run read and write, and the servers.
final class BenchSite {
  let folder: String
  let script: String
  private let nginx: String
  private let rung: String
  private var served: [Program] = []

  let body =
    #"{"model":"auto","messages":[{"role":"system","content":"You are a helpful assistant."},"#
    + #"{"role":"user","content":"How do I reset my password? I tried the link in the mail twice "#
    + #"and it says that it has expired."}],"max_tokens":256}"#

  /// With the caller's key.
  let headers: [(String, String)]

  init(nginx: String, rung: String) throws(BenchProblem) {
    self.nginx = nginx
    self.rung = rung
    folder = NSTemporaryDirectory() + "rung-gateway-\(ProcessInfo.processInfo.processIdentifier)"
    script = folder + "/post.lua"
    do {
      for name in ["policy", "cached"] {
        try FileManager.default.createDirectory(
          atPath: folder + "/" + name, withIntermediateDirectories: true)
      }
    } catch {
      throw BenchProblem("no folder: \(error)")
    }
    headers = [
      ("content-type", "application/json"),
      ("authorization", "Bearer \(try Self.key(in: folder, rung: rung))"),
    ]
    try write(Wrk.script(body: body, headers: headers), to: "post.lua")
    try write(
      BenchPolicies.routes(100).text.replacing(
        "otherwise { use small }\n",
        with: "ladder both {\n  tier small\n  tier large\n}\notherwise { use both }\n"),
      to: "policy/policy.rung")
    try write(Self.catalog, to: "policy/catalog.yaml")
    try write(
      "rung 1\ncatalog \"catalog.yaml\"\notherwise {\n  cache exact for 1d\n  use small\n}\n",
      to: "cached/policy.rung")
    try write(Self.catalog, to: "cached/catalog.yaml")
    raiseLimit()
  }

  /// A key for the caller, in a keys file of its own.
  private static func key(in folder: String, rung: String) throws(BenchProblem) -> String {
    unsafe setenv("RUNG_KEY_SECRET", String(repeating: "of this bench only ", count: 4), 1)
    let output = try Program.output(
      of: rung, ["key", "new", "--id", "bench", "--file", folder + "/keys.yaml"])
    // Beside it there is a sentence that it is not shown again.
    let words = output.split(separator: "\n").filter { !$0.contains(" ") }
    guard let key = words.first else { throw BenchProblem("no key: \(output.prefix(200))") }
    return String(key)
  }

  /// Ends what still runs and removes the folder.
  func close() {
    for program in served { program.end() }
    try? FileManager.default.removeItem(atPath: folder)
  }

  // MARK: Servers

  /// Answers every call: plainly under `/v1`, as a stream under `/stream`.
  func serveUpstream() throws(BenchProblem) -> Served {
    try serve("upstream", port: try FreePort.find()) { port in
      """
      server {
        listen 127.0.0.1:\(port) backlog=1024;
        location /v1/ { default_type application/json; return 200 '\(Self.completion)'; }
        location /stream/ { default_type text/event-stream; return 200 '\(Self.stream)'; }
      }
      """
    }
  }

  func serveProxy(to upstream: Served) throws(BenchProblem) -> Served {
    try serve("proxy", port: try FreePort.find()) { port in
      """
      upstream calls { server 127.0.0.1:\(upstream.port); keepalive 64; }
      server {
        listen 127.0.0.1:\(port) backlog=1024;
        location / {
          proxy_pass http://calls;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
        }
      }
      """
    }
  }

  /// The gateway's libraries without the gateway.
  func servePlainProxy(to upstream: Served) throws(BenchProblem) -> Served {
    let port = try FreePort.find()
    let process = try Program(
      CommandLine.arguments[0], [PlainProxy.probe, "\(port)", upstream.url],
      log: folder + "/plain.log")
    return try keep(Served(process: process, port: port))
  }

  func serveGateway(
    _ upstream: Served, path: String = "/v1", ledger: Bool
  ) throws(BenchProblem) -> Served {
    try serveGateway(port: upstream.port, path: path, ledger: ledger)
  }

  /// In front of whatever answers on `upstream`, under `path`; `policy` is a folder of the site.
  func serveGateway(
    port upstream: UInt16, path: String, ledger: Bool, policy: String = "policy"
  ) throws(BenchProblem) -> Served {
    let port = try FreePort.find()
    let record = ledger ? ["--ledger", folder + "/\(port).ledger"] : ["--no-ledger"]
    let process = try Program(
      rung,
      [
        "serve", folder + "/" + policy, "--port", "\(port)", "--base-url",
        "http://127.0.0.1:\(upstream)\(path)", "--keys", folder + "/keys.yaml", "--quiet",
      ] + record, log: folder + "/gateway.log")
    return try keep(Served(process: process, port: port))
  }

  private func serve(
    _ name: String, port: UInt16, _ server: (UInt16) -> String
  ) throws(BenchProblem) -> Served {
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "  \($0)_temp_path \(folder)/\($0);\n" }.joined()
    try write(
      """
      worker_processes 1;
      daemon off;
      pid \(folder)/\(name)-\(port).pid;
      error_log \(folder)/nginx.log;
      events { worker_connections 4096; }
      http {
        access_log off;
        keepalive_requests 100000000;
        tcp_nodelay on;
      \(temporary)\(server(port))
      }
      """, to: "\(name)-\(port).conf")
    let process = try Program(
      nginx, ["-p", folder, "-c", "\(folder)/\(name)-\(port).conf"], log: folder + "/nginx.log")
    return try keep(Served(process: process, port: port))
  }

  private func keep(_ one: Served) throws(BenchProblem) -> Served {
    served.append(one.process)
    guard FreePort.waits(for: one.port, seconds: 10) else {
      throw BenchProblem("nothing answers on port \(one.port); its log is in \(folder)")
    }
    return one
  }

  private func write(_ text: String, to name: String) throws(BenchProblem) {
    do {
      try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
    } catch {
      throw BenchProblem("`\(name)` cannot be written: \(error)")
    }
  }

  /// A thousand streams are two thousand sockets for the gateway.
  private func raiseLimit() {
    var limit = rlimit()
    let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard unsafe getrlimit(files, &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, 16_384)
    _ = unsafe setrlimit(files, &limit)
  }
}
