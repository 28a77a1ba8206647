import Foundation
import Testing

@Suite struct `Layers` {
  /// What each chapter may import of ours, in the order of the book.
  ///
  /// Nothing points down the list.
  static let chapters: [(name: String, imports: Set<String>)] = [
    // The logarithms of its bounds on counted shares are the C library's.
    ("PolicyUnits", ["Glibc", "Darwin"]),
    ("PolicySource", []),
    ("JSONWriting", []),
    ("ReportPages", []),
    ("PolicyDiagnostics", ["PolicySource", "JSONWriting"]),
    ("PolicySyntax", ["PolicyUnits", "PolicySource", "PolicyDiagnostics"]),
    ("TextPatterns", ["CRE2"]),
    ("TokenEstimates", []),
    ("AnswerSimilarity", ["PolicyUnits", "PolicySource", "TextPatterns"]),
    ("ContextCompression", ["AnswerSimilarity", "TokenEstimates"]),
    (
      "PolicySemantics",
      ["PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "TextPatterns"]
    ),
    (
      "PolicyGraph",
      [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "TextPatterns", "TokenEstimates",
      ]
    ),
    (
      "PolicyWorkspace",
      ["PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics"]
    ),
    // Of all chapters the only one that knows JSON-RPC and its protocol.
    (
      "PolicyLanguageServer",
      [
        "PolicySource", "PolicyDiagnostics", "PolicyCompiler", "PolicyEditing", "JSONReading",
        "JSONWriting", "Synchronization",
      ]
    ),
  ]

  /// Chapters of the language that read what the runtime makes of it.
  static let readsRuntime: Set<String> = [
    "PolicyExplain", "PolicyAnalysis", "PolicyCoverage", "PolicyMutation", "PolicyLint",
    "PolicyPictures", "PolicyCompiler", "PolicyEditing", "PolicyImport",
  ]

  /// Libraries that only one chapter may know.
  static let walls: [(library: String, modules: Set<String>)] = [
    ("CRE2", ["TextPatterns"]),
    ("CYAML", ["YAMLReading"]),
    ("CCurl", ["HTTPUpstream", "rung-bench"]),
    ("CSimdJSON", ["JSONReading"]),
    ("ArgumentParser", ["rung", "rung-standin", "rung-bench", "rung-promises", "rung-book"]),
    ("CMarkdown", ["rung-book"]),
    ("GRDB", ["RoutingLedger", "RoutingCache"]),
    ("CSQLiteGuard", ["DatabasePages", "RoutingLedger"]),
    ("Crypto", ["RoutingLedger", "CallerKeys", "RoutingCache", "BundleFiles"]),
    ("NIOCore", ["StandInProvider", "RoutingGateway", "rung-bench"]),
    ("NIOPosix", ["StandInProvider", "RoutingGateway", "rung-bench"]),
    ("NIOHTTP1", ["StandInProvider", "RoutingGateway"]),
    ("NIOHTTPTypes", ["RoutingGateway"]),
    ("HummingbirdCore", ["RoutingGateway", "rung-bench"]),
    ("ServiceLifecycle", ["RoutingGateway", "rung-bench"]),
    ("UnixSignals", ["RoutingGateway"]),
    ("Tracing", ["RoutingGateway"]),
  ]

  @Test(
    arguments: SourceTree.shared.sources.filter {
      $0.module.hasPrefix("Policy") || $0.module == "ContextCompression"
        || $0.module == "AnswerSimilarity" || $0.module == "ReportPages"
    })
  func `the language knows no outside world`(file: SourceTree.File) throws {
    guard let chapter = Self.chapters.first(where: { $0.name == file.module }) else {
      // These read the runtime's decisions and prices; they are held to the same purity.
      #expect(
        Self.readsRuntime.contains(file.module), "\(file.module) is not a chapter of the book")
      #expect(!file.imports.contains("Foundation"))
      return
    }
    let strangers = file.imports.filter { !chapter.imports.contains($0) }
    #expect(strangers.isEmpty, "\(file.path) imports \(strangers)")
  }

  @Test(arguments: walls.map(\.library))
  func `each library has one door`(library: String) throws {
    let wall = try #require(Self.walls.first { $0.library == library })
    let users = Set(
      SourceTree.shared.sources.filter { $0.imports.contains(library) }.map(\.module))
    #expect(users.isSubset(of: wall.modules), "\(library) is imported by \(users.sorted())")
  }

  @Test(arguments: SourceTree.shared.sources)
  func `unsafe code stays inside the walls`(file: SourceTree.File) {
    let allowed: Set<String> = [
      "TextPatterns", "YAMLReading", "JSONReading", "HTTPUpstream", "DatabasePages", "RungC",
    ]
    // The ledger's three doors: files locked and read at places, batches handed to SQLite, and rows
    // written and hashed where they lie. The gateway's one: a task's steps run by an event loop.
    let doors: [String: Set<String>] = [
      "RoutingLedger": ["RawFile.swift", "StatementWriter.swift", "GrowingBytes.swift"],
      "RoutingGateway": ["LoopExecutor.swift"],
    ]
    if let name = file.path.split(separator: "/").last,
      doors[file.module]?.contains(String(name)) == true
    {
      return
    }
    guard !allowed.contains(file.module), !file.module.hasPrefix("rung") else { return }
    for (number, text) in file.code {
      #expect(
        !text.split(whereSeparator: { !$0.isLetter }).contains("unsafe"),
        "\(file.path):\(number)")
    }
  }
}
