import Foundation
import RoutingTestSupport
import Testing

/// `rung lsp` driven by what people use, where `.ci/clients` has put it: Neovim, Emacs with eglot, and a
/// client that holds every message against the protocol's types.
@Suite struct `Editors` {
  /// One misspelt model, one line that is not formatted.
  static let policy = """
    rung 1
    catalog "catalog.yaml"

    gate   answered = length >= 20 chars  # 😀 done

    ladder both(max_budget = $0.50) {
      tier small accept answered
      tier large
    }

    route code when question mentions "bug" { use largr }
    otherwise { use both }

    test "a bug goes to the large model" {
      request { question = "there is a bug" }
      expect  { route = code }
    }

    """

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
        acceptance: {share: 80%, source: "a made-up figure of a test"}
        prices: {input: 0.01, output: 0.02, date: 2026-11-21, source: "a made-up page"}
      large:
        provider: here
        window: 128k
        max_output: 8k
        capabilities: [tools, json, streaming]
        tokenizer: qwen
        acceptance: {share: 90%, source: "a made-up figure of a test"}
        prices: {input: 1.00, output: 4.00, date: 2026-11-21, source: "a made-up page"}

    """

  private static let scripts = Shell.root.appending(path: "Tests/rungTests/Editors")

  /// The shell, in a folder with the broken policy.
  private static func ground() throws -> Shell {
    let shell = try Shell()
    let folder = shell.folder.appending(path: "a desk")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try policy.write(
      to: folder.appending(path: "policy.rung"), atomically: true, encoding: .utf8)
    try catalog.write(
      to: folder.appending(path: "catalog.yaml"), atomically: true, encoding: .utf8)
    return shell
  }

  /// Runs a client whose every line is a check that held, the last one their number.
  private static func drive(
    _ name: String, _ command: String, environment: [String: String] = [:]
  ) throws {
    let shell = try ground()
    defer { shell.remove() }
    var variables = environment
    variables["RUNG_FOLDER"] = shell.folder.appending(path: "a desk").path
    let output = try shell.run(command, environment: variables)
    let checks = output.filter { $0.hasPrefix("ok ") }.count
    let fine = output.last == "\(checks) checks held"
    #expect(fine && checks > 10, "\(name):\n\(output.joined(separator: "\n"))")
    SharedData.say("\(name): \(checks) checks held")
  }

  @Test func `Neovim finds, fixes, asks, renames and formats`() throws {
    guard let neovim = Self.program("nvim") else {
      SharedData.say("no Neovim on this machine: run .ci/clients; nothing was checked")
      return
    }
    let script = Self.scripts.appending(path: "neovim.lua").path
    try Self.drive("Neovim", "timeout 120 \(neovim) --headless --clean -i NONE -S '\(script)' 2>&1")
  }

  @Test func `Emacs finds, fixes, asks, renames and formats`() throws {
    let hasEglot = "(package-initialize) (kill-emacs (if (require 'eglot nil t) 0 1))"
    guard let emacs = Self.program("emacs"),
      Self.succeeds(emacs, ["--batch", "--eval", "(progn (require 'package) \(hasEglot))"])
    else {
      SharedData.say("no Emacs with eglot on this machine: run .ci/clients; nothing was checked")
      return
    }
    let script = Self.scripts.appending(path: "eglot.el").path
    try Self.drive("Emacs", "timeout 120 \(emacs) --batch -l '\(script)' 2>&1")
  }

  @Test func `every message is what the protocol says it is`() throws {
    guard let python = Self.python else {
      SharedData.say("no Python with pygls: run .ci/clients; nothing was checked")
      return
    }
    let script = Self.scripts.appending(path: "protocol_client.py").path
    try Self.drive("pygls", "timeout 120 \(python) '\(script)' \"$RUNG_FOLDER\" 2>&1")
  }

  private static func program(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static var python: String? {
    let variables = ProcessInfo.processInfo.environment
    let cache = variables["XDG_CACHE_HOME"] ?? (variables["HOME"] ?? "") + "/.cache"
    return ["\(cache)/rung-clients/bin/python3"].first {
      FileManager.default.isExecutableFile(atPath: $0) && succeeds($0, ["-c", "import pygls"])
    }
  }

  private static func succeeds(_ program: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
