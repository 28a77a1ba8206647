import ContextCompression
import Foundation
import OpenAIWire
import PolicyCompiler
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits
import PolicyWorkspace
import RoutingCache
import RoutingEvaluation
import RoutingRuntime
import RoutingService
import TokenEstimates

/// Makes a system prompt shorter ahead of time: proposes, compares, tries and pins.
///
/// Whatever is called goes the way of any request: the policy's guards, budgets and ledger.
struct PromptDesk {
  let policy: String
  let wanted: PromptArguments
  let arguments: RequestArguments
  let recording: LedgerArguments
  private let path: String
  private let original: String

  init(
    _ policy: String, _ wanted: PromptArguments, _ arguments: RequestArguments,
    _ recording: LedgerArguments
  ) throws(CommandFailure) {
    self.policy = policy
    self.wanted = wanted
    self.arguments = arguments
    self.recording = recording
    path = wanted.system ?? ""
    original = try Self.prompt(path)
  }

  private static func prompt(_ path: String) throws(CommandFailure) -> String {
    guard let text = String(validating: try Files.input(path), as: UTF8.self) else {
      throw CommandFailure("`\(path)` is no UTF-8 text")
    }
    guard !text.trimmed.isEmpty else { throw CommandFailure("`\(path)` is empty") }
    return text
  }

  /// All that was asked for; nothing is written.
  func findings() async throws -> PromptFindings {
    let compilation = try PolicyCompilation(policy)
    let compiled = try compilation.sound()
    // What can be read is read before anything is paid for.
    let gold = try wanted.gold.map { path throws(CommandFailure) in try GoldFile.checkable(path) }
    let address = try wanted.baseURL.map(RunCommand.address)
    let desk = try DecisionDesk(compiled, arguments)
    if let gold {
      for item in gold.items {
        let file = try RequestFile(item, saying: original)
        try desk.checkFacts(of: desk.input(for: file), named: file.name)
      }
    }
    try arguments.checkTime(compiled)
    let purse = wanted.maxCost.map { BatchPurse($0.money, spent: .zero) }
    let calls = PromptCalls(
      desk: self, address: address, purse: purse, atOnce: wanted.atOnce)
    let (shorter, origin) = try await shorterVersion(compilation, calls)
    let prompts = PromptPair(original: original, shorter: shorter)
    var findings = PromptFindings(
      path: path, output: wanted.output ?? wanted.candidate, prompts: prompts, origin: origin,
      policy: compiled.policy)
    findings.loss = prompts.loss
    findings.models = PromptReaders(compilation, compiled.policy, names: findings.names).models
    findings.replaces = !replaced(compilation, findings.names).isEmpty
    if let log = wanted.log {
      let moment = try desk.now()
      findings.savings = try PromptSavings(
        LedgerPlace.reader(log), prompts, named: prompts.fingerprints(at: moment),
        in: compiled.policy)
    }
    findings.requestsPerDay = wanted.requestsPerDay
    if let gold, shorter != original {
      let names = replaced(compilation, findings.names)
      findings.trial = PromptTrial(
        gold, original: try await calls.run(gold, saying: original, in: names),
        shorter: try await calls.run(gold, saying: shorter, in: names))
    }
    return findings
  }

  /// Files a `replace system` of the policy names that are one of these.
  private func replaced(_ compilation: PolicyCompilation, _ names: [String]) -> [String] {
    let wanted = Set(names.map(Self.standard))
    return compilation.replacingFiles.filter { wanted.contains(Self.standard($0)) }
  }

  static func standard(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }

  // MARK: - The shorter version

  private func shorterVersion(
    _ compilation: PolicyCompilation, _ calls: PromptCalls
  ) async throws -> (String, PromptFindings.Origin) {
    if let candidate = wanted.candidate { return (try Self.prompt(candidate), .written(candidate)) }
    if let model = wanted.model {
      let (text, cost) = try await calls.proposal(by: model, of: original, in: compilation)
      return (text, .proposed(model, cost))
    }
    // The rules about context hold for what is no question and no system message.
    let made = ContextCompressor(.lossless).compress([
      ContextMessage(role: .user, texts: [original]), ContextMessage(role: .user, texts: ["?"]),
    ])
    let text = made.messages.first?.texts.first?.text.trimmed ?? original
    return (text == original.trimmed ? original : text + "\n", .lossless)
  }
}

extension PolicyCompilation {
  /// Paths of the files that `replace system file` names, as they are read.
  var replacingFiles: [String] {
    files.flatMap { file -> [String] in
      file.declarations.flatMap { declaration -> [String] in
        guard case .route(let route) = declaration.content else { return [] }
        return route.lines.flatMap(\.shapes).compactMap { shape in
          guard case .system(.replace, .file(let path)) = shape.kind else { return nil }
          return PolicyPath.joined(path.value, to: file.source.path)
        }
      }
    }
  }
}

extension RouteLine {
  fileprivate var shapes: [ShapeLine] {
    switch self {
    case .shape(let shape): [shape]
    case .split(let split): split.arms.flatMap(\.shapes)
    case .use, .refuse, .cache, .compress, .batch, .stick, .stop, .shadow: []
    }
  }
}
